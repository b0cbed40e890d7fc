import { OffhookError, toReport } from '#contract/errors.ts';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryReading, RefreshOutcome } from '../directory-source.ts';
import { readEntries } from './entries/read-entries.ts';
import { RowKeys } from './entries/row-identity.ts';
import { namingFile } from './reading-error.ts';
import { contentPrint, type ContentPrint } from './content-print.ts';
import { openTableFile } from './open-table-file.ts';
import { newCursor, parseCursor, type KnownFile, type RefreshCursor } from './refresh-cursor.ts';
import { layoutProblem, mappedProblem, sheetsToRead } from './choose-sheets.ts';
import { listTables, type TableListing } from './table-listing.ts';

type ListedFile = TableListing['files'][number];

/** Failures that go away by themselves, so that the same file is worth another attempt. */
const passing = ['directory.locked', 'directory.unreadable', 'directory.not-found'];

/**
 * One refresh. Nothing is read where no file changed. Else all files are read, and what is in none of them is gone; but
 * if one that was read before cannot be read now, its entries stay, and of the others goes what they have no more.
 */
export class TableRefresh {
  private readonly config: DirectoryConfigOf<'sheet'>;
  private readonly reading: DirectoryReading;
  private readonly known: RefreshCursor;
  private readonly next: RefreshCursor;
  private done = 0;
  private folder = false;

  constructor(config: DirectoryConfigOf<'sheet'>, reading: DirectoryReading) {
    this.config = config;
    this.reading = reading;
    this.next = newCursor(config.mappings, config.path);
    const known = parseCursor(reading.cursor);
    // Read by another mapping, the same rows are other entries, and still those that are to go.
    this.known = known ?? { ...this.next, files: {} };
  }

  async run(): Promise<RefreshOutcome> {
    const { folder, files } = await listTables(this.config.path);
    this.folder = folder;
    const prints = await this.prints(files);
    if (this.isUnchanged(files, prints)) {
      for (const { name } of files) this.next.files[name] = { ...this.known.files[name]!, ...prints.get(name)! };
      return { kind: 'unchanged', cursor: JSON.stringify(this.next) };
    }
    const failures: OffhookError[] = [];
    for (const [index, file] of files.entries()) {
      const failure = await this.take(file, prints.get(file.name) ?? null, { index, of: files.length });
      if (failure) failures.push(failure);
    }
    if (failures.length === files.length) throw failures[0]!;
    const kind = await this.removeGone();
    return { kind, cursor: JSON.stringify(this.next) };
  }

  /** Without those that cannot be read at all just now. */
  private async prints(files: readonly ListedFile[]): Promise<Map<string, ContentPrint>> {
    const prints = new Map<string, ContentPrint>();
    for (const { path, name } of files) {
      this.goOn();
      try {
        prints.set(name, await contentPrint(path, this.known.files[name] ?? null));
      } catch (error) {
        if (!(error instanceof OffhookError) || !this.folder) throw error;
      }
    }
    return prints;
  }

  private isUnchanged(files: readonly ListedFile[], prints: ReadonlyMap<string, ContentPrint>): boolean {
    if (this.reading.cursor === null || this.known.mappings !== this.next.mappings) return false;
    if (Object.keys(this.known.files).length !== files.length) return false;
    return files.every(({ name }) => prints.get(name)?.hash === this.known.files[name]?.hash && prints.has(name));
  }

  /** @returns why the file could not be read */
  private async take(
    file: ListedFile,
    print: ContentPrint | null,
    place: { index: number; of: number },
  ): Promise<OffhookError | null> {
    const known = this.known.files[file.name];
    const keys: string[] = [];
    try {
      await this.read(file, keys, place);
      if (print) this.next.files[file.name] = { ...print, failed: false, keys };
      return null;
    } catch (error) {
      const failure = namingFile(error, file.path);
      if (!(failure instanceof OffhookError) || failure.code === 'directory.cancelled' || !this.folder) throw failure;
      this.reading.skip(toReport(failure));
      const kept = [...new Set([...(known?.keys ?? []), ...keys])];
      const tried = passing.includes(failure.code) || !print ? { size: -1, modified: -1, hash: '' } : print;
      if (kept.length > 0 || tried.size >= 0) this.next.files[file.name] = { ...tried, failed: true, keys: kept };
      return failure;
    }
  }

  private async read(file: ListedFile, keys: string[], place: { index: number; of: number }): Promise<void> {
    const table = await openTableFile(file.path);
    try {
      const rowKeys = new RowKeys(this.folder ? `${file.name}\n` : '');
      const sheets = await sheetsToRead(table, file.name, this.config.mappings);
      const isMapped = this.config.mappings.some((mapping) => mapping.file === file.name || mapping.file === '');
      const distrust = isMapped ? mappedProblem(sheets) : null;
      if (distrust) throw distrust;
      for (const [index, found] of sheets.entries()) {
        const problem = isMapped ? null : layoutProblem(found);
        if (problem) throw problem;
        const where = { path: file.path, file: file.name, sheet: found.sheet };
        const skip = this.reading.skip.bind(this.reading);
        for await (const { entries, share } of readEntries(table, found, where, rowKeys, skip)) {
          this.goOn();
          if (this.folder) for (const { key } of entries) keys.push(key);
          await this.reading.put(entries);
          this.tell(entries.length, (place.index + (index + share) / sheets.length) / place.of);
        }
      }
    } finally {
      await table.close();
    }
  }

  /** Entries of files that are gone, or of rows that are gone from files that were read. */
  private async removeGone(): Promise<RefreshOutcome['kind']> {
    const now = Object.values(this.next.files);
    if (!now.some(({ failed, keys }) => failed && keys.length > 0)) return 'complete';
    const there = new Set(now.flatMap(({ keys }) => keys));
    const before = Object.values(this.known.files).flatMap(({ keys }: KnownFile) => keys);
    await this.reading.remove(before.filter((key) => !there.has(key)));
    return 'partial';
  }

  private tell(entries: number, share: number): void {
    this.done += entries;
    this.reading.progress(this.done, share > 0 ? Math.max(this.done, Math.round(this.done / share)) : null);
  }

  private goOn(): void {
    if (this.reading.signal.aborted) throw new OffhookError('directory.cancelled');
  }
}
