import { access, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import { account, type Account, type BackupFacts } from '#contract/ipc/index.ts';
import { settingsPatch, type SettingsPatch } from '#contract/settings.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { AccountStore, SettingsStore } from '#core/settings/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { HousekeepingStore } from './housekeeping-store.ts';
import type { RecordingShelf } from './recording-shelf.ts';
import { localDay } from './retention.ts';

export interface BackupDependencies {
  database: Database;
  settings: SettingsStore;
  accounts: AccountStore;
  shelf: RecordingShelf;
  store: HousekeepingStore;
  clock: Clock;
  version: string;
  /** Path of the agent's folder. */
  directory: string;
  callsUp: () => boolean;
  /** Brings up a line that a backup knows and this computer does not; it has no password yet. */
  addLine: (id: string, account: Account) => Promise<void>;
  /** Whoever has the database open beside the agent lets go of it, until `reload`. */
  letGo: () => Promise<void>;
  /** Whoever keeps something of the database in memory reads it anew. */
  reload: () => Promise<void>;
}

const extension = '.offhook-backup';
const mostListed = 100;
const counts = { calls: 'SELECT count(*) FROM call_record', people: 'SELECT count(*) FROM person' };

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** Values of settings that this program knows; the others are left out, each for itself. */
function readSettings(text: string | undefined): SettingsPatch {
  const raw = parse(text);
  if (typeof raw !== 'object' || raw === null) return {};
  const entries = Object.entries(settingsPatch.shape).map(([key, schema]) => {
    return [key, schema.safeParse((raw as Record<string, unknown>)[key]).data] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function readAccounts(text: string | undefined): { id: string; account: Account }[] {
  const raw = parse(text);
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((entry: { id?: unknown; account?: unknown } | null) => {
    const parsed = account.safeParse(entry?.account);
    return parsed.success && typeof entry?.id === 'string' ? [{ id: entry.id, account: parsed.data }] : [];
  });
}

/** Backups: one file each, with the calls, people, settings and accounts, never with passwords. */
export class Backups {
  private readonly dependencies: BackupDependencies;

  constructor(dependencies: BackupDependencies) {
    this.dependencies = dependencies;
  }

  /** Where they go while the setting says nothing else. */
  get ownFolder(): string {
    return path.join(this.dependencies.directory, 'backups');
  }

  private get folder(): string {
    const chosen = this.dependencies.settings.values.backupFolder.trim();
    if (chosen === '') return this.ownFolder;
    if (path.isAbsolute(chosen)) return chosen;
    throw new OffhookError('backup.not-writable', { values: { file: chosen }, detail: 'not an absolute path' });
  }

  async list(): Promise<BackupFacts[]> {
    const found = await this.dependencies.database.work('list', { files: await this.files() });
    return found.sort((a, b) => b.madeAt - a.madeAt);
  }

  /** Paths of the backups in the folders that Offhook knows, the last by name first. */
  async files(): Promise<string[]> {
    const folders = new Set([this.ownFolder, this.dependencies.settings.values.backupFolder.trim()]);
    const found = await Promise.all([...folders].filter((folder) => path.isAbsolute(folder)).map(filesIn));
    return found
      .flat()
      .sort((a, b) => path.basename(b).localeCompare(path.basename(a)))
      .slice(0, mostListed);
  }

  async make(options: { recordings: boolean }, onProgress: (share: number) => void): Promise<BackupFacts> {
    return this.write(await this.freeName(this.folder, ''), options, onProgress);
  }

  async inspect(file: string): Promise<BackupFacts & { erasedSince: number }> {
    const { database, store } = this.dependencies;
    const facts = await database.work('inspect', { file, thorough: true });
    const receipts = await store.receipts();
    return { ...facts, file, erasedSince: receipts.filter(({ at }) => at > facts.madeAt).length };
  }

  /** What fails at any step leaves what was there. */
  async restore(file: string, onProgress: (share: number) => void): Promise<{ saved: string; lines: number }> {
    const { database, shelf, directory, letGo, reload } = this.dependencies;
    this.mustBeIdle();
    const target = path.join(directory, 'offhook.sqlite.restored');
    const { documents } = await database.work('unpack', { file, target, folder: shelf.folder });
    onProgress(0.5);
    await letGo();
    const saved = await this.exchange(target, (share) => onProgress(0.5 + share / 2)).catch(async (error: unknown) => {
      await rm(target, { force: true });
      await reload();
      throw error;
    });
    await reload();
    await this.dependencies.settings.set(readSettings(documents.settings));
    return { saved, lines: await this.addLines(readAccounts(documents.accounts)) };
  }

  /**
   * Saves what is there and puts the other file in its place. What was written in between would be in neither: then
   * nothing is replaced. Receipts of what was erased stay, whatever the backup knows; what it was about to delete is
   * warned of anew. Gives the path of what was saved.
   */
  private async exchange(target: string, onProgress: (share: number) => void): Promise<string> {
    const { database, store } = this.dependencies;
    const receipts = await store.receipts();
    const before = await this.changesSoFar();
    const saved = await this.write(
      await this.freeName(this.ownFolder, '-before-restore'),
      { recordings: false },
      onProgress,
    );
    this.mustBeIdle();
    if ((await this.changesSoFar()) !== before) throw new OffhookError('records.changed');
    await database.replaceWith(target);
    await store.write('notice', null);
    await store.write('salvage', null);
    for (const receipt of receipts) await store.putReceipt(receipt);
    return saved.file;
  }

  /** Rows that the writer has changed since it opened the file. */
  private async changesSoFar(): Promise<number | undefined> {
    const [row] = await this.dependencies.database.query<{ count: number }>('SELECT total_changes() AS count');
    return row?.count;
  }

  private async addLines(accounts: readonly { id: string; account: Account }[]): Promise<number> {
    const known = new Set(this.dependencies.accounts.list().map(({ id }) => id));
    const missing = accounts.filter(({ id }) => !known.has(id));
    for (const { id, account: added } of missing) await this.dependencies.addLine(id, added);
    return missing.length;
  }

  private mustBeIdle(): void {
    if (this.dependencies.callsUp()) throw new OffhookError('records.call-up');
  }

  private async write(
    file: string,
    { recordings }: { recordings: boolean },
    onProgress: (share: number) => void,
  ): Promise<BackupFacts> {
    const { database, settings, accounts, shelf, clock, version } = this.dependencies;
    const documents = { settings: JSON.stringify(settings.values), accounts: JSON.stringify(accounts.list()) };
    const files = recordings ? await shelf.files() : [];
    const request = { target: file, version, madeAt: clock.now(), documents, files, counts };
    return { ...(await database.work('backUp', request, onProgress)), file };
  }

  private async freeName(folder: string, suffix: string): Promise<string> {
    const base = path.join(folder, `offhook-${localDay(this.dependencies.clock.now())}${suffix}`);
    let file = `${base}${extension}`;
    for (let count = 2; await isThere(file); count += 1) file = `${base}-${count}${extension}`;
    return file;
  }
}

/** The folder may be on a drive of the network, which takes seconds to say that it is not there. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.endsWith(extension)).map((name) => path.join(folder, name));
  } catch {
    // Not made yet, or on a drive that is not there: no backups to show.
    return [];
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
