import { toReport } from '#contract/errors.ts';
import type { DirectoryReading, RefreshOutcome } from '../directory-source.ts';
import type { CardFile, CardFiles } from './card-files.ts';
import { putCards } from './put-cards.ts';
import { readVcardCursor, type VcardCursor } from './vcard-cursor.ts';

/**
 * Reads the files that were written since the last time. What cannot be read keeps what was there before: the entries of
 * a file in a folder, and those of a file in which a card is broken.
 */
export class VcardRefresh {
  private readonly reading: DirectoryReading;
  private readonly isFolder: boolean;
  private readonly files: readonly CardFile[];
  private readonly before: VcardCursor['files'] | null;
  private readonly after: VcardCursor['files'] = {};
  private done = 0;
  private whole = true;
  private failed = false;

  constructor(reading: DirectoryReading, { isFolder, files }: CardFiles) {
    this.reading = reading;
    this.isFolder = isFolder;
    this.files = files;
    const known = readVcardCursor(reading.cursor);
    this.before = known?.folder === isFolder ? known.files : null;
  }

  async run(): Promise<RefreshOutcome> {
    const vanished = Object.keys(this.before ?? {}).filter((name) => !this.files.some((file) => file.name === name));
    const written = this.files.filter((file) => !this.isKnown(file));
    for (const { name } of this.files) this.after[name] = this.before?.[name] ?? { fingerprint: '', keys: [] };
    if (this.before && written.length === 0 && vanished.length === 0)
      return { kind: 'unchanged', cursor: this.reading.cursor };
    for (const file of written) await this.read(file);
    await this.remove(vanished.flatMap((name) => this.before?.[name]?.keys ?? []));
    return this.outcome();
  }

  private isKnown({ name, fingerprint }: CardFile): boolean {
    return fingerprint !== null && this.before?.[name]?.fingerprint === fingerprint;
  }

  private async read(file: CardFile): Promise<void> {
    const old = this.after[file.name]?.keys ?? [];
    try {
      const { keys, whole } = await putCards(file, { reading: this.reading, inFolder: this.isFolder }, this.counted);
      const gone = old.filter((key) => !keys.has(key));
      if (whole) await this.remove(gone);
      this.whole &&= whole;
      const kept = this.isFolder ? [...keys, ...(whole ? [] : gone)] : [];
      this.after[file.name] = { fingerprint: file.fingerprint ?? '', keys: kept };
    } catch (error) {
      const report = toReport(error);
      // A file that is alone is the whole source.
      if (!this.isFolder || report.code === 'directory.cancelled' || report.code === 'internal.bug') throw error;
      this.failed = true;
      this.after[file.name] = { fingerprint: '', keys: old };
      this.reading.skip(report);
    }
  }

  private readonly counted = (count: number): void => {
    this.done += count;
    this.reading.progress(this.done, null);
  };

  private async remove(keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.reading.remove(keys);
  }

  private outcome(): RefreshOutcome {
    const cursor = JSON.stringify({ folder: this.isFolder, files: this.after } satisfies VcardCursor);
    // Nobody knows what was there before: all that was not read goes, unless a file could not be.
    if (!this.before) return this.failed ? { kind: 'partial', cursor: null } : { kind: 'complete', cursor };
    return { kind: this.isFolder || !this.whole ? 'partial' : 'complete', cursor };
  }
}
