import { refreshed } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import {
  sheetXml,
  workbookParts,
  type WrittenWorkbook,
} from '#core/contacts/directories/sheets/workbook/workbook.test-support.ts';
import { zipFile, type ZippedPart } from '#core/contacts/directories/sheets/workbook/zip-file.test-support.ts';
import type { RowOutcome } from '../workbook-writer.ts';
import { fileWriter, keysOf, rowChange, TableFolder, targetOf } from '../workbook-writer.test-support.ts';
import { rawParts } from './package/zip-parts.test-support.ts';

export const headings = ['ФИО', 'Телефон', 'Статус', 'Комментарий'];
export const people = [
  ['Иванова Ольга', '8 (495) 123-45-67', 'новый', ''],
  ['Петров Иван', '8 (903) 111-22-33', 'новый', 'Звонить после 18'],
  ['Орлова Анна', '8 (916) 765-43-21', '', ''],
];
export const table = [headings, ...people];
export const sheetPart = 'xl/worksheets/sheet1.xml';
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A whole sheet of rows, with something before and behind them. */
export const whole = (rows: string, before = '', behind = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${main}">${before}<sheetData>${rows}</sheetData>${behind}</worksheet>`;

export const styles = (...formats: string[]) =>
  `<numFmts count="1"><numFmt numFmtId="170" formatCode="dd.mm.yyyy hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.join('')}</cellXfs><cellStyles/>`;

export const xmlOf = (file: string) => rawParts(file).get(sheetPart)!.bytes.toString();

/** Keys of a table's entries, with their rows. */
export async function keysOfRows(file: string): Promise<Map<string, number>> {
  const { entries } = await refreshed(file);
  return new Map(entries.map(({ key, open }) => [key, open?.kind === 'sheet' ? open.row : 0]));
}

/** A folder of workbooks, and what writes into them. */
export class BookFolder {
  readonly folder = new TableFolder();
  readonly writer = fileWriter(this.folder.path);
  private files = 0;

  /** @param sheet what is in `sheetData`, or a whole part */
  book(sheet: string, given: Partial<WrittenWorkbook> = {}, more: ZippedPart[] = [], zip64 = false): string {
    const parts = workbookParts({ sheets: [{ name: 'Клиенты', xml: sheet }], ...given });
    this.files += 1;
    return this.folder.write(`book-${this.files}.xlsx`, zipFile([...parts, ...more], { zip64 }));
  }

  rows(rows: readonly (readonly (string | number)[])[]): string {
    return this.book(sheetXml(rows));
  }

  /** Writes cells of whoever is named. */
  async write(
    file: string,
    name: string,
    cells: Parameters<typeof rowChange>[1],
    expected: string | null = null,
  ): Promise<RowOutcome> {
    const key = (await keysOf(file)).get(name)!;
    return (await this.writer.write(targetOf(file), [rowChange(key, cells, expected)])).rows[0]!;
  }
}
