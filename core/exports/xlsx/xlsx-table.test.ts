import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportColumn, type ExportColumn, type LoggedCall } from '#contract/ipc/index.ts';
import { answered, missed, start } from '#core/call-log/call-archive.test-support.ts';
import { layoutOfCalls } from '../call-columns.ts';
import { exportRequestOf } from '../export-request.test-support.ts';
import { loggedCallOf } from '../logged-call.test-support.ts';
import { sheetName } from './sheet-name.ts';
import { XlsxTable } from './xlsx-table.ts';

async function reread(calls: readonly LoggedCall[], rowsOfSheet?: number): Promise<ExcelJS.Worksheet[]> {
  const chunks: Uint8Array[] = [];
  const table = new XlsxTable(layoutOfCalls(exportRequestOf()), (bytes) => void chunks.push(bytes), rowsOfSheet);
  for (let at = 0; at < calls.length; at += 3) await table.add(calls.slice(at, at + 3));
  await table.finish();
  const workbook = new ExcelJS.Workbook();
  const bytes = Buffer.concat(chunks);
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  return workbook.worksheets;
}

const cellOf = (sheet: ExcelJS.Worksheet | undefined, row: number, key: ExportColumn) =>
  sheet!.getCell(row, exportColumn.options.indexOf(key) + 1);

describe('a spreadsheet', () => {
  it('has real dates and durations, numbers of telephones as texts, and texts that are no formulas', async () => {
    const call = loggedCallOf(answered(0, { name: '=1+1', display: '+7 495 123-45-67', sipStatus: 486 }), {
      annotation: { note: 'раз\nдва & <три>', followUpAt: start },
    });
    const [sheet] = await reread([call]);
    const cell = (key: ExportColumn) => cellOf(sheet, 2, key);
    expect(cell('date').value).toEqual(new Date(Date.UTC(2026, 0, 15)));
    expect(cell('time').numFmt).toBe('hh:mm:ss');
    expect(cell('waiting').value).toEqual(new Date(Date.UTC(1899, 11, 30) + 5000));
    expect(cell('waiting').numFmt).toBe('[h]:mm:ss');
    expect(cell('name')).toMatchObject({ value: '=1+1', type: ExcelJS.ValueType.String, numFmt: '@' });
    expect(cell('number')).toMatchObject({ value: '+7 495 123-45-67', type: ExcelJS.ValueType.String });
    expect(cell('note').value).toBe('раз\nдва & <три>');
    expect(cell('sipStatus').value).toBe(486);
    expect(cell('handled').value).toBeNull();
  });

  it('keeps its head row in sight, with a filter on every column', async () => {
    const [sheet] = await reread([loggedCallOf(missed(0))]);
    expect(sheet?.name).toBe('Звонки');
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toBe('A1:U2');
    expect(cellOf(sheet, 1, 'sipCallId').value).toBe('sipCallId');
    expect(cellOf(sheet, 2, 'handled').value).toBe('нет');
  });

  it('goes on to further sheets, each with its head row, and loses no call', async () => {
    const calls = Array.from({ length: 10 }, (_each, index) =>
      loggedCallOf(answered(index, { sipCallId: `c${index}` })),
    );
    const sheets = await reread(calls, 4);
    expect(sheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['Звонки', 4],
      ['Звонки 2', 4],
      ['Звонки 3', 4],
      ['Звонки 4', 2],
    ]);
    const ids = sheets.flatMap((sheet) =>
      [2, 3, 4].map((row) => cellOf(sheet, row, 'sipCallId').value).filter(Boolean),
    );
    expect(ids).toEqual(calls.map(({ record }) => record.sipCallId));
  });

  it('is there also without any call', async () => {
    const [sheet] = await reread([]);
    expect(sheet?.rowCount).toBe(1);
  });

  it('gives every text back, but for what no XML can hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 8 }),
        async (notes) => {
          const fit = notes.map(
            (note) => `x${note.toWellFormed().replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '')}x`,
          );
          const [sheet] = await reread(
            notes.map((note, index) =>
              loggedCallOf(answered(index), { annotation: { note: `x${note}x`.replace(/[\t\n\r]/g, '') } }),
            ),
          );
          expect(notes.map((_note, index) => cellOf(sheet, index + 2, 'note').value)).toEqual(fit);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the name of a sheet', () => {
  it.each([
    ['Звонки', 1, 'Звонки'],
    ['Звонки', 2, 'Звонки 2'],
    ["[a]:*?/\\'", 1, 'a'],
    ['?', 1, 'Calls'],
    ['я'.repeat(40), 12, `${'я'.repeat(28)} 12`],
  ])('is what Excel allows: %s, %i', (title, nth, expected) => expect(sheetName(title, nth)).toBe(expected));
});
