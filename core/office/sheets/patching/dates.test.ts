import { afterAll, describe, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { sheetXml } from '#core/contacts/directories/sheets/workbook/workbook.test-support.ts';
import type { CellChange } from '../workbook-writer.ts';
import { BookFolder, styles, xmlOf } from './book-folder.test-support.ts';

const books = new BookFolder();
afterAll(() => books.folder.remove());
const at = new Date(2026, 10, 26, 14, 5, 31).getTime();
const moment: CellChange['value'] = { kind: 'date', at, withTime: true };

describe('a date', () => {
  const xf = {
    general: '<xf numFmtId="0"/>',
    day: '<xf numFmtId="14"/>',
    moment: '<xf numFmtId="170"/>',
    bold: '<xf numFmtId="0" fontId="1"/>',
    boldDay: '<xf numFmtId="14" fontId="1"/>',
  };
  const rows = (cell: string, more = '') =>
    `${sheetXml([
      ['ФИО', 'Телефон', 'Дата звонка'],
      ['Иванова Ольга', '84951234567'],
    ]).replace(/<\/row>$/, `${cell}</row>`)}${more}`;
  const dateCell = (file: string) => /<c r="C2"[^>]*>.*?<\/c>/.exec(xmlOf(file))?.[0];
  const serial = 46_352 + (14 * 60 + 5) / 1440;

  test.each([
    ['in the style that the cell has', rows('<c r="C2" s="1"/>'), 1],
    ['in the style that the column has for dates', rows('', '<row r="3"><c r="C3" s="1"><v>46000</v></c></row>'), 1],
    ['in the style of a moment, where the sheet has none to follow', rows(''), 2],
    ['in a style that looks as the cell does', rows('<c r="C2" s="3"/>'), 4],
  ])('is written as a number %s', async (_how, xml, style) => {
    const file = books.book(xml, { styles: styles(xf.general, xf.day, xf.moment, xf.bold, xf.boldDay) });
    await books.write(file, 'Иванова Ольга', { 'Дата звонка': moment });
    expect(dateCell(file)).toBe(`<c r="C2" s="${style}"><v>${serial}</v></c>`);
  });

  test('without time is a whole day', async () => {
    const file = books.book(rows(''), { styles: styles(xf.general, xf.day, xf.moment) });
    await books.write(file, 'Иванова Ольга', { 'Дата звонка': { ...moment, withTime: false } });
    expect(dateCell(file)).toBe('<c r="C2" s="1"><v>46352</v></c>');
    expect((await readRows(file, 3))[1]!.cells[2]).toBe('2026-11-26');
  });

  test('is a text as people write it where the workbook has no style for dates', async () => {
    const file = books.book(rows(''), { styles: styles(xf.general) });
    await books.write(file, 'Иванова Ольга', { 'Дата звонка': moment });
    expect((await readRows(file, 3))[1]!.cells[2]).toBe('26.11.2026 14:05');
  });

  test('counts from 1904 where the workbook does', async () => {
    const file = books.book(rows(''), { styles: styles(xf.day, xf.moment), date1904: true });
    await books.write(file, 'Иванова Ольга', { 'Дата звонка': moment });
    expect(dateCell(file)).toBe(`<c r="C2" s="1"><v>${serial - 1462}</v></c>`);
    expect((await readRows(file, 3))[1]!.cells[2]).toBe('2026-11-26 14:05');
  });

  test('that is there already is no conflict', async () => {
    const file = books.book(rows(''), { styles: styles(xf.general, xf.day, xf.moment) });
    await books.write(file, 'Иванова Ольга', { 'Дата звонка': moment }, '');
    expect(await books.write(file, 'Иванова Ольга', { 'Дата звонка': moment }, '')).toMatchObject({ kind: 'written' });
  });
});
