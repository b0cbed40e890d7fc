import path from 'node:path';
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { keysOf, rowChange, targetOf } from '../workbook-writer.test-support.ts';
import { BookFolder } from './book-folder.test-support.ts';
import { changedParts, rawParts } from './package/zip-parts.test-support.ts';

const books = new BookFolder();
afterAll(() => books.folder.remove());

const noXml = /[\p{Cc}\ufffe\uffff]/gu;
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('=1+1', '&amp;', '<c r="A1"/>', ' раз\nдва ', ']]>', '+7 (495)'),
  )
  .map((each) => each.toWellFormed().replace(noXml, ''));
/** Empty cells, texts, numbers and formulas beside those that are written. */
const beside = fc.oneof(
  fc.constant(null),
  text,
  fc.integer({ min: 0, max: 1e9 }),
  fc.constant({ formula: 'A1', result: 'f' }),
);
const person = fc.record({ beside, gap: fc.boolean(), status: fc.oneof(fc.constant(''), text) });
const change = fc.record({ row: fc.nat(), status: text, added: text, second: fc.boolean() });

async function book(people: readonly { beside: ExcelJS.CellValue; gap: boolean; status: string }[], shared: boolean) {
  const filename = path.join(books.folder.path, `${Math.random()}.xlsx`);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useSharedStrings: shared, useStyles: true });
  const sheet = workbook.addWorksheet('Люди');
  sheet.addRow(['ФИО', 'Телефон', 'Прочее', 'Статус']).commit();
  people.forEach(({ beside: other, gap, status }, index) => {
    const row = sheet.addRow([`Клиент ${index}`, `8 (495) 100-00-${10 + index}`, other, status || null]);
    if (gap) row.getCell(7).value = index;
    row.commit();
  });
  sheet.commit();
  workbook.addWorksheet('Другой').commit();
  await workbook.commit();
  return filename;
}

/** The texts of a sheet as exceljs has them. */
async function asExcelJs(file: string, column: number): Promise<string[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const texts: string[] = [];
  workbook.worksheets[0]!.eachRow((row) => texts.push(String(row.getCell(column).value ?? '')));
  return texts;
}

test(
  'any changes of any table are read back by us and by exceljs, and undone to the byte',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: 6 }),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (people, changes, shared) => {
          const file = await book(people, shared);
          const keys = await keysOf(file);
          const before = { bytes: readFileSync(file), parts: rawParts(file), rows: await readRows(file, 8) };
          const width = people.some(({ gap }) => gap) ? 7 : 4;
          const expected = before.rows.map(({ cells }) => [...cells]);
          let hasNew = false;
          const asked = changes.map(({ row, status, added, second }) => {
            const index = row % people.length;
            expected[index + 1]![3] = status;
            if (second) expected[index + 1]![width] = added;
            hasNew ||= second && added !== '';
            return rowChange(keys.get(`Клиент ${index}`)!, { Статус: status, ...(second && { Итог: added }) });
          });
          // A text that is emptied again leaves its new column without anything, and is not made.
          const { rows, copy } = await books.writer.write(targetOf(file), asked);
          expect(rows.map(({ kind }) => kind)).toEqual(asked.map(() => 'written'));
          const isAdded = expected.slice(1).some((cells) => (cells[width] ?? '') !== '') || hasNew;
          const shown = (await readRows(file, 8)).map(({ cells }) => cells.map((each) => each.trim()));
          if (isAdded && shown[0]![width] !== '') expected[0]![width] = 'Итог';
          expect(shown).toEqual(expected.map((cells) => cells.map((each) => each.trim())));
          const foreign = await asExcelJs(file, 4);
          expect(foreign.map((each) => each.trim())).toEqual(shown.map((cells) => cells[3]));
          expect(changedParts(before.parts, rawParts(file))).toEqual(copy ? ['xl/worksheets/sheet1.xml'] : []);
          if (copy) await books.writer.undo(file);
          expect(readFileSync(file).equals(before.bytes)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  },
);
