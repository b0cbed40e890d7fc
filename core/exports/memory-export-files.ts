import type { CallArchive } from '#core/call-log/index.ts';
import type { ExportCount, ExportFile, ExportFiles, ExportOrder } from './export-files.ts';
import type { ExportedPerson } from './people/exported-person.ts';
import { writeExport } from './write-export.ts';

/** Files that are forgotten with the process, of whatever archive and people. */
export class MemoryExportFiles implements ExportFiles {
  readonly files = new Set<ExportFile>();
  private readonly archive: Pick<CallArchive, 'query' | 'count'>;
  private readonly people: readonly ExportedPerson[];

  constructor(archive: Pick<CallArchive, 'query' | 'count'>, people: readonly ExportedPerson[] = []) {
    this.archive = archive;
    this.people = people;
  }

  begin(order: ExportOrder, onCount: (count: ExportCount) => void): ExportFile {
    const chunks: Uint8Array[] = [];
    const { archive: calls, people } = this;
    const sources = { calls, people: () => ({ total: people.length, pages: () => [[...people]] }) };
    const bytes = () => Buffer.concat(chunks);
    const file: ExportFile = {
      finished: writeExport(order, sources, (piece) => void chunks.push(piece), onCount).then(() => bytes().length),
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
