import type { PreviewTable } from '#contract/ipc/index.ts';
import type { SheetToRead } from './choose-sheets.ts';

const mostRows = 30;
const mostColumns = 100;
/** UTF-16 units of a cell that are shown. */
const longestCell = 200;

/** The heading and what follows, row by row as the sheet has them, blank ones too. */
function shownRows(rows: SheetToRead['rows'], firstRow: number): string[][] {
  const shown = rows.filter(({ row }) => row >= firstRow && row < firstRow + mostRows);
  const width = Math.max(0, ...shown.map(({ cells }) => cells.findLastIndex((text) => text !== '') + 1));
  const count = Math.max(0, ...shown.map(({ row }) => row - firstRow + 1));
  const table = Array.from({ length: count }, () => Array.from({ length: Math.min(width, mostColumns) }, () => ''));
  for (const { row, cells } of shown)
    for (const [index] of table[row - firstRow]!.entries())
      table[row - firstRow]![index] = cells[index]!.slice(0, longestCell);
  return table;
}

/** A sheet as it was found, for confirming. */
export function previewTable(file: string, sheets: readonly string[], found: SheetToRead): PreviewTable {
  const firstRow = found.headerRow > 0 ? found.headerRow : (found.rows[0]?.row ?? 1);
  return {
    mapping: { file: file.slice(0, 255), sheet: found.sheet, headerRow: found.headerRow, columns: found.columns },
    sheets: [...sheets],
    rows: shownRows(found.rows, firstRow),
    firstRow,
  };
}
