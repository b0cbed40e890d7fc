import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import { account as accountSchema, lineId, type Account } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { AccountStore, StoredAccount } from './account-store.ts';
import type { JsonDocument } from './json-document.ts';

const maximumAccounts = 100;

function readEntry(raw: unknown): StoredAccount | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const entry = raw as Record<string, unknown>;
  const id = lineId.safeParse(entry.id);
  const account = accountSchema.safeParse(entry.account);
  if (!id.success || !account.success) return null;
  return { id: id.data, account: account.data, isDefault: entry.isDefault === true };
}

function readIds(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((id) => lineId.safeParse(id).success) : [];
}

/** Exactly one default, the first where none or several are marked. */
function withOneDefault(entries: readonly StoredAccount[]): StoredAccount[] {
  const chosen = entries.find((entry) => entry.isDefault) ?? entries[0];
  return entries.map((entry) => ({ ...entry, isDefault: entry === chosen }));
}

/** Accounts as `{ "accounts": [{ id, account, isDefault }], "removed": [id] }`. Entries that cannot be read stay in the document. */
export class DocumentAccountStore implements AccountStore {
  private readonly document: JsonDocument;
  private readonly changed = new Emitter<readonly StoredAccount[]>();
  private readonly problemsEmitter = new Emitter<readonly ErrorReport[]>();
  private readonly unread: unknown[] = [];
  private readonly removed: Set<string>;
  private entries: StoredAccount[];

  readonly onChanged = this.changed.event;
  readonly onProblems = this.problemsEmitter.event;

  constructor(document: JsonDocument) {
    this.document = document;
    this.entries = this.read();
    this.removed = new Set(readIds(document.value.removed));
    document.onUnsaved(() => this.problemsEmitter.fire(this.problems));
  }

  get problems(): readonly ErrorReport[] {
    const { damage, unsaved } = this.document;
    const invalid = this.unread.map((_, index): ErrorReport => {
      return {
        code: 'settings.invalid',
        values: { key: `accounts.${index + 1}` },
        detail: 'an account that cannot be read',
      };
    });
    return [damage, ...invalid, unsaved].filter((problem) => problem !== null);
  }

  list(): readonly StoredAccount[] {
    return this.entries;
  }

  async put(id: string, account: Account): Promise<void> {
    const entry = readEntry({ id, account, isDefault: this.entries.find((present) => present.id === id)?.isDefault });
    if (!entry) throw new OffhookError('settings.invalid', { values: { key: 'account' } });
    const isNew = !this.entries.some((present) => present.id === id);
    if (isNew && this.entries.length >= maximumAccounts)
      throw new OffhookError('settings.invalid', {
        values: { key: 'accounts' },
        detail: `at most ${maximumAccounts} accounts`,
      });
    const others = this.entries.map((present) => (present.id === id ? entry : present));
    this.removed.delete(id);
    await this.save(isNew ? [...others, entry] : others);
  }

  async remove(id: string): Promise<void> {
    this.removed.add(id);
    await this.save(this.entries.filter((entry) => entry.id !== id));
  }

  wasRemoved(id: string): boolean {
    return this.removed.has(id);
  }

  async setDefault(id: string): Promise<void> {
    if (!this.entries.some((entry) => entry.id === id)) throw new OffhookError('line.unknown');
    await this.save(this.entries.map((entry) => ({ ...entry, isDefault: entry.id === id })));
  }

  private async save(entries: readonly StoredAccount[]): Promise<void> {
    this.entries = withOneDefault(entries);
    this.changed.fire(this.entries);
    const accounts = [...this.entries, ...this.unread];
    await this.document.write({ ...this.document.value, version: 1, accounts, removed: [...this.removed].slice(-maximumAccounts) });
  }

  private read(): StoredAccount[] {
    const { accounts } = this.document.value;
    const found = new Map<string, StoredAccount>();
    for (const raw of Array.isArray(accounts) ? (accounts as unknown[]) : []) {
      const entry = readEntry(raw);
      if (entry && !found.has(entry.id) && found.size < maximumAccounts) found.set(entry.id, entry);
      else this.unread.push(raw);
    }
    return withOneDefault([...found.values()]);
  }
}
