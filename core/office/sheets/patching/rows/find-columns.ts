import {
  foldHeading,
  possibleHeadings,
  type SheetToRead,
  type TableFile,
} from '#core/contacts/directories/sheets/index.ts';

/** Columns in which a heading is looked for. */
const columnsLooked = 1024;
const columns = Array.from({ length: columnsLooked }, (_each, column) => column);

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The row of headings as it is written, with many more columns than are recognised. */
async function headingTexts(table: TableFile, { sheet, headerRow }: SheetToRead): Promise<string[]> {
  if (headerRow === 0) return [];
  for await (const { rows } of table.rows(sheet, columns)) {
    const found = rows.find(({ row }) => row === headerRow);
    if (found) return found.cells.map(tidy);
    if (rows.some(({ row }) => row > headerRow + columnsLooked)) break;
  }
  return [];
}

/**
 * Finds the column of a heading: as it is written, as two rows of headings say it together, and at last without regard
 * to case and signs. Of several the first.
 */
export async function headingFinder(table: TableFile, sheet: SheetToRead): Promise<(heading: string) => number | null> {
  const written = await headingTexts(table, sheet);
  const joined = possibleHeadings(sheet.rows).filter(({ row }) => row === sheet.headerRow && row > 0);
  const mapped: string[] = [];
  for (const { column, heading } of sheet.columns) mapped[column] = tidy(heading);
  const lists = [written, ...joined.map(({ texts }) => texts), ...(sheet.headerRow > 0 ? [mapped] : [])];
  const known = new Map<string, number | null>();
  const find = (heading: string) => {
    for (const form of [tidy, foldHeading]) {
      const wanted = form(heading);
      if (wanted === '') continue;
      for (const texts of lists) {
        const column = texts.findIndex((text) => text !== undefined && form(text) === wanted);
        if (column >= 0) return column;
      }
    }
    return null;
  };
  return (heading) => {
    if (!known.has(heading)) known.set(heading, find(heading));
    return known.get(heading)!;
  };
}
