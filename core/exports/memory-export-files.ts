import type { CallArchive } from '#core/call-log/index.ts';
import { openCallTable } from './call-table.ts';
import { exportCalls } from './export-calls.ts';
import type { ExportCount, ExportFile, ExportFiles, ExportOrder } from './export-files.ts';

/** Files that are forgotten with the process, of whatever archive. */
export class MemoryExportFiles implements ExportFiles {
  readonly files = new Set<ExportFile>();
  private readonly archive: Pick<CallArchive, 'query' | 'count'>;

  constructor(archive: Pick<CallArchive, 'query' | 'count'>) {
    this.archive = archive;
  }

  begin(order: ExportOrder, onCount: (count: ExportCount) => void): ExportFile {
    const chunks: Uint8Array[] = [];
    const table = openCallTable(order, (bytes) => void chunks.push(bytes));
    const bytes = () => Buffer.concat(chunks);
    const file: ExportFile = {
      finished: exportCalls({ source: this.archive, order, table, onCount }).then(() => bytes().length),
      read: async (offset, length) => bytes().subarray(offset, offset + length),
      discard: async () => void this.files.delete(file),
    };
    this.files.add(file);
    return file;
  }

  async clear(): Promise<void> {
    this.files.clear();
  }
}
