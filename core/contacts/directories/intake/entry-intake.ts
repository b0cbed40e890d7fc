import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import type { SourceEntry } from '../source-entry.ts';
import type { StoredNumber } from '../stored-entry.ts';
import { cleanEntry, cleanKey } from './clean-entry.ts';
import { entryHandle } from './entry-handle.ts';
import { entryDifference, entryHash, hasUnreadable, markedHash, photoHash } from './entry-hash.ts';
import type { EntryStore, KeptEntry } from './entry-store.ts';
import { readEntryNumbers } from './read-entry-numbers.ts';
import type { EntrySink } from './refresh-entries.ts';
import { SkippedParts } from './skipped-parts.ts';

export interface IntakeCounts {
  /** Entries that are new, or tell something else of a person than before. */
  changed: number;
  /** Entries that only lie elsewhere, e.g. in another row. */
  moved: number;
  removed: number;
}

export interface EntryIntakeOptions {
  directoryId: string;
  rules: NumberRules;
  store: EntryStore;
  signal: AbortSignal;
}

/**
 * Written together; the store makes as many transactions of them as it needs. Their keys lie anywhere in the indexes,
 * of which each transaction writes nearly all pages again: few large ones take a fraction of the time.
 */
const entriesAtOnce = 4000;
/** Of photos, and characters of what may be long. */
const bytesAtOnce = 2 * 1024 * 1024;

/** Where the entries of one refresh go: cleaned, compared with what is stored, and what differs is written. */
export class EntryIntake implements EntrySink {
  readonly counts: IntakeCounts = { changed: 0, moved: 0, removed: 0 };
  private readonly options: EntryIntakeOptions;
  private readonly stored: Map<string, string>;
  private readonly seen = new Set<string>();
  private readonly parts = new SkippedParts();
  private pending: KeptEntry[] = [];
  private pendingBytes = 0;

  constructor(options: EntryIntakeOptions) {
    this.options = options;
    this.stored = options.store.hashes(options.directoryId);
  }

  get skipped() {
    return this.parts.summary;
  }

  /** Keys of all entries that are stored, or wait to be. */
  async known(): Promise<ReadonlySet<string>> {
    return new Set([...this.stored.keys(), ...this.seen]);
  }

  skip(report: ErrorReport): void {
    this.parts.add(report);
  }

  /** Rejects with `directory.cancelled` when nobody wants more. */
  async put(entries: readonly SourceEntry[]): Promise<void> {
    for (const entry of entries) {
      this.take(entry);
      if (this.pending.length >= entriesAtOnce || this.pendingBytes > bytesAtOnce) await this.write();
    }
    this.goOn();
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.write();
    const { store, directoryId } = this.options;
    const wanted = keys.map(cleanKey).filter((key) => key !== null && (this.stored.has(key) || this.seen.has(key)));
    const gone = [...new Set(wanted as string[])];
    await store.remove(directoryId, gone);
    for (const key of gone) {
      this.stored.delete(key);
      this.seen.delete(key);
    }
    this.counts.removed += gone.length;
    this.goOn();
  }

  async end(kind: 'complete' | 'partial'): Promise<void> {
    await this.write();
    if (kind === 'partial') return;
    const gone = [...this.stored.keys()].filter((key) => !this.seen.has(key));
    await this.options.store.remove(this.options.directoryId, gone);
    this.counts.removed += gone.length;
  }

  private goOn(): void {
    if (this.options.signal.aborted) throw new OffhookError('directory.cancelled');
  }

  private take(source: SourceEntry): void {
    const key = cleanKey(source.key);
    if (key === null) return this.parts.tell('entry.unreadable', source.place);
    if (this.seen.has(key)) return this.parts.tell('entry.same-id', source.place);
    this.seen.add(key);
    const entry = cleanEntry(source, key, (what) => this.parts.tell(`entry.${what}`, source.place));
    const photo = entry.photo && { ...entry.photo, hash: photoHash(entry.photo.bytes) };
    const bare = entryHash(entry, photo?.hash ?? null);
    const known = this.stored.get(key) ?? null;
    const difference = entryDifference(known, bare);
    if (difference === 'none' && !hasUnreadable(known!)) return;
    const numbers = readEntryNumbers(entry.numbers, this.options.rules);
    const unreadable = numbers.filter((number) => number.key === null);
    for (const { text } of unreadable) this.parts.tell('entry.number-unreadable', entry.place, text);
    if (difference === 'none') return;
    this.counts[difference] += 1;
    this.keep(entry, { numbers, photo, contentHash: markedHash(bare, unreadable.length > 0) });
  }

  private keep(
    entry: SourceEntry,
    found: { numbers: StoredNumber[]; photo: KeptEntry['photo']; contentHash: string },
  ): void {
    const { name, firm, role, department, emails, links, note, fields, open, place, key } = entry;
    const handle = entryHandle(this.options.directoryId, key);
    const same = { key, handle, name, firm, role, department, note, open, place };
    this.pending.push({ ...same, emails: [...emails], links: [...links], fields: [...fields], ...found });
    this.pendingBytes += (found.photo?.bytes.length ?? 0) + longTexts(entry);
  }

  private async write(): Promise<void> {
    const entries = this.pending;
    this.pending = [];
    this.pendingBytes = 0;
    if (entries.length > 0) await this.options.store.put(this.options.directoryId, entries);
  }
}

function longTexts({ note, links, fields, numbers }: SourceEntry): number {
  let length = note.length;
  for (const link of links) length += link.length;
  for (const { value } of fields) length += value.length;
  for (const { text } of numbers) length += text.length;
  return length;
}
