import { access } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import type { EntryOpener, OpenedHere } from './open-entry.ts';
import { startProgram, systemOpener } from './system-opener.ts';

const workbooks = ['.xlsx', '.xlsm'];
/** Nothing that runs: a directory's entry must never start a program that its author chose. */
const openable = [...workbooks, '.csv', '.tsv', '.txt', '.vcf'];

export interface NodeEntryOpenerOptions {
  platform: NodeJS.Platform;
  /** Shows an item of classic Outlook; null where there is none. */
  openInOutlook: ((item: { entryId: string; storeId: string }) => Promise<void>) | null;
  /** Shows a row in Excel; null where there is none. */
  openInExcel: ((row: { file: string; sheet: string; row: number }) => Promise<void>) | null;
  /** Resolves once the program has been started. */
  start?: (program: string, args: readonly string[]) => Promise<void>;
}

/** Opens files with the programs of this computer. */
export class NodeEntryOpener implements EntryOpener {
  private readonly options: NodeEntryOpenerOptions;

  constructor(options: NodeEntryOpenerOptions) {
    this.options = options;
  }

  async open(target: OpenedHere): Promise<void> {
    if (target.kind === 'outlook') {
      if (!this.options.openInOutlook) throw new OffhookError('directory.outlook-missing');
      return this.options.openInOutlook(target);
    }
    const { platform, openInExcel, start = startProgram } = this.options;
    const [program, ...args] = systemOpener(platform);
    const file = path.resolve(target.file);
    if (!openable.includes(path.extname(file).toLowerCase()))
      throw new OffhookError('people.cannot-open', { detail: file });
    try {
      await access(file);
    } catch (cause) {
      throw new OffhookError('directory.not-found', { values: { file: path.basename(file) }, detail: file, cause });
    }
    if (target.kind === 'sheet' && openInExcel && workbooks.includes(path.extname(file).toLowerCase())) {
      // Where Excel is missing or busy, the file is opened all the same.
      const shown = await openInExcel({ file, sheet: target.sheet, row: target.row }).then(
        () => true,
        () => false,
      );
      if (shown) return;
    }
    try {
      await start(program, [...args, file]);
    } catch (cause) {
      throw new OffhookError('people.cannot-open', { detail: `${program}: ${String(cause)}`, cause });
    }
  }
}
