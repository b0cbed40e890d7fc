import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExcelOpenWorkbooks } from '#core/office/sheets/excel-open-workbooks.ts';
import type { OpenCell } from '#core/office/sheets/index.ts';
import { OutlookStandIn, type ExcelBook, type ExcelCell, type OfficeMood } from '#test/support/outlook-stand-in.ts';

const file = 'C:\\Клиенты\\Обзвон.xlsx';
const place = { file, sheet: 'Клиенты' };
const at = new Date(2026, 10, 26, 14, 5, 40).getTime();
/** 26 November 2026, 14:05. */
const serial = 46_352 + (14 * 60 + 5) / 1440;

const text = (row: number, column: number, value: string, expected: string | null = ''): OpenCell => ({
  row,
  column,
  value: { kind: 'text', text: value },
  expected,
});

describe.skipIf(!OutlookStandIn.possible)(
  'cells of a workbook that is open in Excel, under Mono with a stand-in for Excel’s objects',
  () => {
    let office: OutlookStandIn;
    const { signal } = new AbortController();
    beforeAll(() => {
      office = OutlookStandIn.build();
    });
    afterAll(() => office.remove());
    beforeEach(() => open({}));

    function open(cells: Record<string, ExcelCell>, book: Partial<ExcelBook> = {}, locked = false): void {
      const other = { file: 'C:\\Другая.xlsx', sheets: [{ name: 'Клиенты', cells: {} }] };
      const sheets = [
        { name: 'Справочник', cells: {} },
        { name: 'Клиенты', protected: locked, cells },
      ];
      office.books = [other, { file, sheets, ...book }];
    }
    const cells = () => office.books[1]!.sheets[1]!.cells;
    const write = (asked: OpenCell[], mood: OfficeMood = {}) =>
      new ExcelOpenWorkbooks(office.command(null, mood), 3000).write(place, asked, signal);

    it('puts texts and times where the user would type them', async () => {
      open({ '16,6': { value: 46_351, format: 'dd.mm.yyyy' }, '17,8': { value: 46_000, format: 'yyyy-mm-dd hh:mm' } });
      const date = (column: number, withTime: boolean, expected: string): OpenCell => ({
        row: 17,
        column,
        value: { kind: 'date', at, withTime },
        expected,
      });
      const asked = [
        text(17, 5, 'Дозвонился'),
        date(6, false, ''),
        date(7, true, ''),
        date(8, true, '2025-12-09'),
        text(18, 5, 'Недозвон'),
      ];
      expect(await write(asked)).toEqual([
        { row: 17, kind: 'written', cells: [] },
        { row: 18, kind: 'written', cells: [] },
      ]);
      expect(cells()['17,5']).toEqual({ value: 'Дозвонился' });
      // As the day above it; else as the user's own short date; and where there is a day already, as that.
      expect(cells()['17,6']).toEqual({ value: 46_352, format: 'dd.mm.yyyy' });
      expect(cells()['17,7']).toEqual({ value: expect.closeTo(serial, 6), format: 'm/d/yyyy h:mm' });
      expect(cells()['17,8']).toEqual({ value: expect.closeTo(serial, 6), format: 'yyyy-mm-dd hh:mm' });
    });

    it.each(['=1+1', '+7 495 123-45-67', '-5', '@SUM(A1)', '00123', '1/2', 'май 5', 'ИСТИНА', "'цитата", '=cmd|x!A0'])(
      'leaves %j a text',
      async (hostile) => {
        await write([text(1, 1, hostile)]);
        expect(cells()['1,1']).toMatchObject({ value: hostile });
        expect(cells()['1,1']).not.toHaveProperty('formula');
        expect(cells()['1,1']).not.toHaveProperty('format');
      },
    );

    it('needs no apostrophe in a cell of texts', async () => {
      open({ '1,1': { format: '@' } });
      await write([text(1, 1, '=1+1')]);
      expect(cells()['1,1']).toEqual({ format: '@', value: '=1+1' });
    });

    it('writes nothing of a row in which any cell says something else', async () => {
      open({ '17,5': { value: 'Перезвонить' }, '17,6': { value: 46_351, format: 'dd.mm.yyyy' } });
      const asked = [text(17, 4, 'примечание'), text(17, 5, 'Отказ'), text(17, 6, 'x'), text(18, 5, 'Отказ')];
      expect(await write(asked)).toEqual([
        {
          row: 17,
          kind: 'conflict',
          cells: [
            { column: 5, now: 'Перезвонить', reason: '' },
            { column: 6, now: '2026-11-25', reason: '' },
          ],
        },
        { row: 18, kind: 'written', cells: [] },
      ]);
      expect(cells()['17,4']).toBeUndefined();
      expect(cells()['18,5']).toEqual({ value: 'Отказ' });
    });

    it('knows a cell by what Offhook read in the file, and by what is on the screen', async () => {
      open({
        '1,1': { value: 9_161_234_567, format: '"8 "(000) 000-00-00', text: '########' },
        '1,2': { value: 0.5, format: '0%', text: '50 %' },
        '1,3': { value: 'две\n строки ' },
      });
      const compared = (column: number, expected: string): OpenCell => ({ row: 1, column, value: null, expected });
      const asked = [
        compared(1, '8 (916) 123-45-67'),
        compared(2, '50 %'),
        compared(3, 'две строки'),
        text(1, 4, 'да'),
      ];
      expect(await write(asked)).toMatchObject([{ kind: 'written' }]);
      expect(await write([compared(1, '8 (916) 123-45-68'), text(1, 5, 'да')])).toMatchObject([{ kind: 'conflict' }]);
      expect(cells()['1,5']).toBeUndefined();
    });

    it('empties a cell, and takes one for written that says it already', async () => {
      open({ '1,1': { value: 'прежнее' }, '1,2': { value: 'уже' } });
      expect(await write([text(1, 1, '', 'прежнее'), text(1, 2, 'уже', '')])).toMatchObject([{ kind: 'written' }]);
      expect(cells()['1,1']).toEqual({ value: null });
    });

    it('leaves formulas and what lies behind merged cells alone', async () => {
      open({ '1,1': { value: 3, formula: '=1+2' }, '2,2': { merged: [2, 1] } });
      expect(await write([text(1, 1, 'x', '3'), text(1, 2, 'y'), text(2, 2, 'z')])).toEqual([
        { row: 1, kind: 'refused', cells: [{ column: 1, now: '3', reason: 'formula' }] },
        { row: 2, kind: 'refused', cells: [{ column: 2, now: '', reason: 'merged' }] },
      ]);
      expect(cells()['1,2']).toBeUndefined();
    });

    it('counts days as the workbook does', async () => {
      open({ '1,1': { value: 44_889, format: 'dd.mm.yyyy' } }, { date1904: true });
      const asked: OpenCell = {
        row: 1,
        column: 1,
        value: { kind: 'date', at, withTime: false },
        expected: '2026-11-25',
      };
      expect(await write([asked])).toMatchObject([{ kind: 'written' }]);
      expect(cells()['1,1']!.value).toBe(44_890);
    });

    it('has nothing to say of a workbook that is not open, in whatever case its name is written', async () => {
      const excel = new ExcelOpenWorkbooks(office.command(null));
      expect(await excel.write({ ...place, file: 'C:\\Нет.xlsx' }, [text(1, 1, 'x')], signal)).toBeNull();
      expect(await excel.read({ ...place, file: 'C:\\Нет.xlsx' }, [1], signal)).toBeNull();
      expect(await excel.sheets('C:\\Нет.xlsx', signal)).toBeNull();
      expect(await new ExcelOpenWorkbooks(['/nowhere/helper']).sheets(file, signal)).toBeNull();
      expect(await excel.sheets(file, signal)).toEqual(['Справочник', 'Клиенты']);
      expect(await excel.write({ ...place, file: file.toUpperCase() }, [text(1, 1, 'x')], signal)).not.toBeNull();
    });

    it.each([
      ['a protected sheet', {}, true, 'sheet.protected'],
      ['a workbook open for reading only', { readOnly: true }, false, 'sheet.read-only'],
      ['a workbook marked as final', { final: true }, false, 'sheet.final'],
      ['a sheet that is not there', { sheets: [{ name: 'Другой', cells: {} }] }, false, 'sheet.missing'],
    ])('refuses %s', async (_what, book, locked, code) => {
      open({}, book, locked);
      await expect(write([text(1, 1, 'x')])).rejects.toMatchObject({ code, values: { file: expect.any(String) } });
    });

    it('asks again while somebody types in a cell, and says so when it goes on', async () => {
      expect(await write([text(1, 1, 'да')], { rejections: 3 })).toMatchObject([{ kind: 'written' }]);
      await expect(write([text(1, 2, 'да')], { rejections: 9 })).rejects.toMatchObject({ code: 'sheet.excel-busy' });
      expect(cells()['1,2']).toBeUndefined();
    });

    it('finishes the row the next time when Excel crashed or hung in the middle of it', async () => {
      for (const mood of ['crashes writing', 'hangs writing'] as const) {
        open({});
        const asked = [text(1, 1, 'раз'), text(1, 2, 'два')];
        await expect(write(asked, { mood })).rejects.toMatchObject({ code: 'sheet.excel-busy' });
        expect([cells()['1,1'], cells()['1,2']]).toEqual([{ value: 'раз' }, undefined]);
        expect(await write(asked)).toMatchObject([{ kind: 'written' }]);
        expect(cells()['1,2']).toEqual({ value: 'два' });
      }
    });

    it('takes no cell that is none, and none that is too long', async () => {
      for (const bad of [text(0, 1, 'x'), text(1, 16_385, 'x'), text(1, 1, 'я'.repeat(32_768))])
        await expect(write([bad])).rejects.toMatchObject({ code: 'sheet.failed' });
    });

    it('reads rows as Offhook reads them in files, saved or not', async () => {
      const many = Object.fromEntries(
        Array.from({ length: 600 }, (_, n) => [
          `${n + 2},2`,
          { value: 9_161_230_000 + n, format: n % 3 ? 'General' : '0' },
        ]),
      );
      open({
        ...many,
        '1,1': { value: 'ФИО' },
        '1,2': { value: 'Телефон' },
        '2,1': { value: 'Иванова' },
        '3,1': { value: true },
        '4,1': { value: 46_352.5, format: 'dd.mm.yyyy hh:mm;@' },
        '5,1': { value: 0.25, format: 'h:mm' },
        '6,1': { value: 0.155, format: '0.0%' },
        '7,1': { value: 1234.5 },
      });
      const found = (await new ExcelOpenWorkbooks(office.command(null, { rejections: 1 })).read(
        place,
        [2, 1],
        signal,
      ))!;
      expect(found).toHaveLength(601);
      expect(found.slice(0, 7).map(({ cells }) => cells[1])).toEqual([
        'ФИО',
        'Иванова',
        'TRUE',
        '2026-11-26 12:00',
        '06:00',
        '15.5%',
        '1234.5',
      ]);
      expect(found.at(-1)).toEqual({ row: 601, cells: ['9161230599', ''] });
      const excel = new ExcelOpenWorkbooks(office.command(null));
      const some = await excel.read(place, [5, 1, 1024], signal, { from: 2, to: 3 });
      expect(some!.map(({ row, cells }) => [row, ...cells])).toEqual([
        [2, '', 'Иванова', ''],
        [3, '', 'TRUE', ''],
      ]);
    });
  },
);
