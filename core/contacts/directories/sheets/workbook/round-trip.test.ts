import path from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { exportColumn, type LoggedCall } from '#contract/ipc/index.ts';
import { answered } from '#core/call-log/call-archive.test-support.ts';
import { layoutOfCalls } from '#core/exports/call-columns.ts';
import { exportRequestOf } from '#core/exports/export-request.test-support.ts';
import { loggedCallOf } from '#core/exports/logged-call.test-support.ts';
import { XlsxTable } from '#core/exports/xlsx/xlsx-table.ts';
import { cellsOf, readRows, TableFolder } from '../table-files.test-support.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());

let written = 0;
const noXml = /[\p{Cc}\ufffe\uffff]/gu;
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((each) => each.toWellFormed().replace(noXml, ''));
const value = fc.oneof(
  text,
  fc.integer({ min: 0, max: 99_999_999_999 }),
  fc.constantFrom('_x_', '&amp;', '<c r="A1">', ' a\nb ', ''),
);
const rowsOf = fc.array(fc.array(value, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 8 });

async function writtenByExcelJs(
  rows: readonly (readonly (string | number)[])[],
  useSharedStrings: boolean,
): Promise<string> {
  const filename = path.join(folder.path, `${++written}.xlsx`);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useSharedStrings });
  const sheet = workbook.addWorksheet('A');
  for (const row of rows) sheet.addRow(row.map((each) => (each === '' ? null : each))).commit();
  sheet.commit();
  await workbook.commit();
  return filename;
}

async function writtenByUs(calls: readonly LoggedCall[]): Promise<string> {
  const chunks: Uint8Array[] = [];
  const table = new XlsxTable(layoutOfCalls(exportRequestOf({ format: 'xlsx' })), (bytes) => void chunks.push(bytes));
  await table.add(calls);
  await table.finish();
  return folder.write(`${++written}.xlsx`, Buffer.concat(chunks));
}

describe('any rows', { timeout: 60_000 }, () => {
  it.each([true, false])('written by exceljs (shared strings: %s) are read back the same', async (shared) => {
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const read = await readRows(await writtenByExcelJs(rows, shared), 4);
        const expected = rows
          .map((cells, index) => ({ row: index + 1, cells: cells.map(String), faults: null }))
          .filter(({ cells }) => cells.some((each) => each !== ''));
        expect(read).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('written by our own export are read back the same', async () => {
    const column = (key: (typeof exportColumn.options)[number]) => exportColumn.options.indexOf(key);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(text, fc.constant('_x0041_')), { minLength: 1, maxLength: 6 }),
        async (notes) => {
          const calls = notes.map((note, index) =>
            loggedCallOf(answered(index), { annotation: { note: `x${note}x` } }),
          );
          const rows = cellsOf(await readRows(await writtenByUs(calls), exportColumn.options.length));
          const shown = rows.slice(1).map((cells) => cells[column('note')]);
          expect(shown).toEqual(notes.map((note) => `x${note.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}x`));
          expect(rows[1]![column('date')]).toMatch(/^\d{4}-\d\d-\d\d$/);
        },
      ),
      { numRuns: 15 },
    );
  });
});
