import { OffhookError, toReport } from '#contract/errors.ts';
import type { DirectoryConfigOf, PreviewTable } from '#contract/ipc/index.ts';
import type {
  DirectoryEnvironment,
  DirectoryReading,
  DirectorySource,
  PreviewOutcome,
  RefreshOutcome,
} from '../directory-source.ts';
import { namingFile } from './reading-error.ts';
import { previewFile } from './preview-file.ts';
import { TableRefresh } from './table-refresh.ts';
import { listTables } from './table-listing.ts';

const previewEntries = 20;
const previewFiles = 20;

/** Workbooks and text tables of customers: one file, or all of a folder. */
class SheetDirectory implements DirectorySource {
  private readonly config: DirectoryConfigOf<'sheet'>;

  constructor(config: DirectoryConfigOf<'sheet'>) {
    this.config = config;
  }

  refresh(reading: DirectoryReading): Promise<RefreshOutcome> {
    return new TableRefresh(this.config, reading).run();
  }

  async preview(reading: DirectoryReading): Promise<PreviewOutcome> {
    const listing = await listTables(this.config.path);
    const tables: PreviewTable[] = [];
    let [left, count] = [previewEntries, 0 as number | null];
    for (const file of listing.files.slice(0, previewFiles)) {
      if (reading.signal.aborted) throw new OffhookError('directory.cancelled');
      try {
        const found = await previewFile(file, this.config.mappings, reading, left);
        tables.push(...found.tables);
        left -= found.put;
        count = count === null || found.count === null ? null : count + found.count;
      } catch (error) {
        const named = namingFile(error, file.path);
        if (!listing.folder || !(named instanceof OffhookError)) throw named;
        reading.skip(toReport(named));
      }
    }
    if (listing.files.length > previewFiles) count = null;
    return { tables, count, parts: [] };
  }
}

export function openSheetDirectory(
  config: DirectoryConfigOf<'sheet'>,
  _environment: DirectoryEnvironment,
): DirectorySource {
  return new SheetDirectory(config);
}
