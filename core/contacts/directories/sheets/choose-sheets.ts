import { OffhookError } from '#contract/errors.ts';
import type { SheetMapping } from '#contract/ipc/index.ts';
import { headingRows } from './headings/find-heading.ts';
import { columnsLooked, locateLayout, recogniseLayout, type TableLayout } from './headings/table-layout.ts';
import type { TableFile, TableRow } from './table.ts';

/** One sheet to read, and how. */
export interface SheetToRead extends TableLayout {
  sheet: string;
  /** Its first rows, with the first hundred columns. */
  rows: TableRow[];
  /** These are all rows that there are. */
  isAll: boolean;
}

/** Enough to find the heading and to judge what is below it. */
export const sampleRows = headingRows + 240;
/** Sheets that are looked through for the first with people in it. */
const sheetsLooked = 20;
const columns = Array.from({ length: columnsLooked }, (_each, column) => column);

async function sampleOf(table: TableFile, sheet: string): Promise<Pick<SheetToRead, 'rows' | 'isAll'>> {
  const rows: TableRow[] = [];
  for await (const batch of table.rows(sheet, columns)) {
    rows.push(...batch.rows);
    if (rows.length > sampleRows) return { rows: byNumber(rows.slice(0, sampleRows)), isAll: false };
  }
  return { rows: byNumber(rows), isAll: true };
}

/** Rows may lie in the file in any order. */
const byNumber = (rows: TableRow[]) => rows.sort((one, other) => one.row - other.row);

const hasNumbers = ({ columns }: TableLayout) => columns.some(({ role }) => role === 'number');

/** The first sheet with numbers in it; else the first, as it is. */
async function recognise(table: TableFile): Promise<SheetToRead> {
  let first: SheetToRead | null = null;
  for (const sheet of table.sheets.slice(0, sheetsLooked)) {
    const sample = await sampleOf(table, sheet);
    const found: SheetToRead = { sheet, ...sample, ...recogniseLayout(sample.rows, null) };
    if (hasNumbers(found)) return found;
    if (!first || (first.rows.length === 0 && found.rows.length > 0)) first = found;
  }
  if (!first) throw new OffhookError('directory.empty');
  return first;
}

/** As remembered; a mapping without columns only chooses the sheet and the row of its headings. */
async function remembered(table: TableFile, mapping: SheetMapping): Promise<SheetToRead> {
  const sheet = mapping.sheet === '' ? table.sheets[0]! : mapping.sheet;
  if (!table.sheets.includes(sheet)) throw new OffhookError('directory.empty', { detail: `no sheet ${mapping.sheet}` });
  const sample = await sampleOf(table, sheet);
  const layout =
    mapping.columns.length > 0
      ? locateLayout(mapping, sample.rows)
      : recogniseLayout(sample.rows, mapping.headerRow === 0 ? null : mapping.headerRow);
  return { sheet, ...sample, headerRow: layout.headerRow, columns: layout.columns };
}

/** Mappings of a file: its own, or those of all files. */
function mappingsFor(name: string, mappings: readonly SheetMapping[]): readonly SheetMapping[] {
  const own = mappings.filter(({ file }) => file === name);
  return own.length > 0 ? own : mappings.filter(({ file }) => file === '');
}

/** Says which sheets of a file are read, and what their columns hold. */
export async function sheetsToRead(
  table: TableFile,
  name: string,
  mappings: readonly SheetMapping[],
): Promise<SheetToRead[]> {
  const wanted = mappingsFor(name, mappings);
  if (wanted.length === 0) return [await recognise(table)];
  const sheets: SheetToRead[] = [];
  for (const mapping of wanted) sheets.push(await remembered(table, mapping));
  return sheets;
}

/** What keeps a sheet that nobody mapped from being read; null if nothing does. */
export function layoutProblem({ rows, headerRow, columns: found }: SheetToRead): OffhookError | null {
  if (rows.length === 0) return new OffhookError('directory.empty');
  if (hasNumbers({ headerRow, columns: found })) return null;
  return new OffhookError(headerRow === 0 ? 'directory.no-header' : 'directory.no-numbers');
}

const below = ({ rows, headerRow }: SheetToRead) => rows.filter(({ row }) => row > headerRow);

/** Whether a row has anything in the columns of numbers that were said; also where it cannot be seen in the sample. */
function mayHaveNumber({ cells, faults }: TableRow, numbers: readonly number[]): boolean {
  return numbers.some((column) => {
    return column >= columnsLooked || /\d/.test(cells[column] ?? '') || faults?.some(({ index }) => index === column);
  });
}

/**
 * What keeps the sheets of a file from being believed that are read as the user said once: they are empty now, or there
 * is no figure where the numbers were. Somebody put another table in their place, and who was known is worth more.
 */
export function mappedProblem(sheets: readonly SheetToRead[]): OffhookError | null {
  const filled = sheets.filter((sheet) => below(sheet).length > 0);
  if (filled.length === 0) return new OffhookError('directory.empty');
  const said = filled.filter(hasNumbers);
  const seen = said.some((sheet) => {
    const numbers = sheet.columns.filter(({ role }) => role === 'number').map(({ column }) => column);
    return below(sheet).some((row) => mayHaveNumber(row, numbers));
  });
  return said.length === 0 || seen ? null : new OffhookError('directory.no-numbers');
}
