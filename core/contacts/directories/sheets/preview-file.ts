import { toReport } from '#contract/errors.ts';
import type { PreviewTable, SheetMapping } from '#contract/ipc/index.ts';
import type { DirectoryReading } from '../directory-source.ts';
import { pickCells } from './entries/pick-cells.ts';
import { RowEntries } from './entries/row-entry.ts';
import { RowKeys } from './entries/row-identity.ts';
import { planRows } from './entries/row-plan.ts';
import { namingFile } from './reading-error.ts';
import { openTableFile } from './open-table-file.ts';
import { previewTable } from './preview-table.ts';
import { layoutProblem, sheetsToRead, type SheetToRead } from './choose-sheets.ts';

export interface FilePreview {
  tables: PreviewTable[];
  /** Entries that were put. */
  put: number;
  /** Entries that there are, where all rows were looked at. */
  count: number | null;
}

function entriesOf(found: SheetToRead, file: { path: string; name: string }, reading: DirectoryReading) {
  const plan = planRows(found);
  const place = { path: file.path, file: file.name, sheet: found.sheet };
  const rows = new RowEntries(plan, place, new RowKeys(`${file.name}\n`), (report) => reading.skip(report));
  return found.rows.map((row) => rows.entryOf(pickCells(row, plan.columns))).filter((entry) => entry !== null);
}

/**
 * Looks at the beginning of a file and puts some of its entries.
 * @param wanted at most so many entries
 */
export async function previewFile(
  file: { path: string; name: string },
  mappings: readonly SheetMapping[],
  reading: DirectoryReading,
  wanted: number,
): Promise<FilePreview> {
  const table = await openTableFile(file.path);
  try {
    const preview: FilePreview = { tables: [], put: 0, count: 0 };
    for (const found of await sheetsToRead(table, file.name, mappings)) {
      preview.tables.push(previewTable(file.name, table.sheets, found));
      const problem = layoutProblem(found);
      if (problem) reading.skip(toReport(namingFile(problem, file.path)));
      const entries = entriesOf(found, file, reading);
      await reading.put(entries.slice(0, wanted - preview.put));
      preview.put += Math.min(entries.length, wanted - preview.put);
      preview.count = found.isAll && preview.count !== null ? preview.count + entries.length : null;
    }
    return preview;
  } finally {
    await table.close();
  }
}
