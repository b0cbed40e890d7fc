import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refreshed, TableFolder } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { OpenTables } from './open-tables.ts';
import type { RowMark, TableNews } from './sheet-reader.ts';
import { everyRow, placeOf, questionOf } from './sheet-reader.test-support.ts';

const heading = ['ФИО', 'Телефон', 'Моб.', 'Статус', 'Дата звонка', 'Перезвонить'];
const people = [
  ['Пётр Орлов', '8 (495) 111-11-11 доб. 12', '', 'новый', '', ''],
  ['Анна Лебедева', '', '8 916 222-22-22; 8 916 222-22-23', '', '12.01.2026', '15.01.2026 11:00'],
  ['Без номера', 'позже', '', '', '', ''],
  ['Иван Смирнов', '4953333333', '', 'отказ', '12.01.2026 10:00', '10.01.2026'],
];

let folder: TableFolder;
let clock: FakeClock;
let marks: RowMark[];
let tables: OpenTables;
beforeEach(() => {
  folder = new TableFolder();
  clock = new FakeClock(new Date(2026, 0, 15, 12).getTime());
  marks = [];
  tables = new OpenTables({ clock, marksOf: async () => marks });
});
afterEach(async () => {
  await tables.close();
  folder.remove();
});

const write = (rows: readonly (readonly string[])[] = people) => folder.workbook('клиенты.xlsx', [heading, ...rows]);
const page = (file: string, filter: Partial<typeof everyRow> = {}, place = { offset: 0, limit: 50 }) =>
  tables.page({ ...questionOf(file), filter: { ...everyRow, ...filter }, ...place });
const names = async (file: string, filter: Partial<typeof everyRow>) =>
  (await page(file, filter)).rows.map(({ name }) => name);
const news = () =>
  new Promise<TableNews>((resolve) => {
    const listening = tables.onRead((told) => {
      listening.dispose();
      resolve(told);
    });
  });

describe('rows of a sheet', () => {
  it('have the keys of the address book’s entries', async () => {
    const file = write();
    const { entries } = await refreshed(file);
    const { rows, total, columns } = await page(file);
    expect(rows.map(({ key }) => key)).toEqual(entries.map(({ key }) => key));
    expect(total).toBe(4);
    expect(columns.map((column) => [column.heading, column.role])).toEqual([
      ['ФИО', 'name'],
      ['Телефон', 'number'],
      ['Моб.', 'number'],
      ['Статус', 'shown'],
      ['Дата звонка', 'shown'],
      ['Перезвонить', 'ignored'],
    ]);
  });

  it('have their numbers by the office’s rules, each with its column and extension', async () => {
    const { rows } = await page(write());
    expect(rows.map(({ numbers }) => numbers.map(({ column, dial, display }) => [column, dial, display]))).toEqual([
      [[1, '+74951111111,12', '+7 495 111-11-11']],
      [
        [2, '+79162222222', '+7 916 222-22-22'],
        [2, '+79162222223', '+7 916 222-22-23'],
      ],
      [],
      [[1, '+74953333333', '+7 495 333-33-33']],
    ]);
  });

  it('come in pages, each with the whole count', async () => {
    const { rows, total } = await page(write(), {}, { offset: 2, limit: 1 });
    expect([rows.map(({ row }) => row), total]).toEqual([[4], 4]);
  });

  it('are found by words in any cell, whatever the case, ё or е', async () => {
    const file = write();
    expect(await names(file, { text: 'петр ' })).toEqual(['Пётр Орлов']);
    expect(await names(file, { text: 'смирнов ОТКАЗ' })).toEqual(['Иван Смирнов']);
    expect(await names(file, { text: '222-22-23' })).toEqual(['Анна Лебедева']);
  });

  it('count as called by their date, or by what is known here', async () => {
    const file = write();
    expect(await names(file, { uncalled: true })).toEqual(['Пётр Орлов', 'Без номера']);
    const [first] = (await page(file)).rows;
    tables.mark(placeOf(file).id, [{ key: first!.key, calledAt: clock.now(), followUpAt: null, skippedAt: null }]);
    expect(await names(file, { uncalled: true })).toEqual(['Без номера']);
  });

  it('are due from their time on, until somebody called again', async () => {
    const file = write();
    expect(await names(file, { due: true })).toEqual(['Анна Лебедева']);
    const { rows } = await page(file);
    const mark = { calledAt: null, followUpAt: clock.now() - 1, skippedAt: null };
    tables.mark(placeOf(file).id, [
      { ...mark, key: rows[0]!.key },
      { ...mark, key: rows[1]!.key, calledAt: clock.now() },
    ]);
    expect(await names(file, { due: true })).toEqual(['Пётр Орлов']);
  });

  it('are found by the number of a party', async () => {
    const file = write([...people, ['Анна ещё раз', '8 916 222 22 22', '', '', '', '']]);
    const { rows } = await tables.find({ ...questionOf(file), partyKey: '+79162222222' });
    expect(rows.map(({ name }) => name)).toEqual(['Анна Лебедева', 'Анна ещё раз']);
    expect((await tables.find({ ...questionOf(file), partyKey: '+70000000000' })).rows).toEqual([]);
  });
});

describe('the next row of a walk', () => {
  const next = (file: string, from: { key?: string | null; row?: number; included?: boolean }, filter = {}) =>
    tables.next({
      ...questionOf(file),
      filter: { ...everyRow, ...filter },
      from: { since: clock.now(), key: null, row: 0, included: false, ...from },
    });

  it('is the one behind it with a number; those without are counted', async () => {
    const file = write();
    const first = await next(file, {});
    expect([first.row?.name, first.passed, first.left]).toEqual(['Пётр Орлов', 0, 2]);
    const second = await next(file, { key: first.row!.key, row: 2 });
    expect([second.row?.name, second.passed, second.left]).toEqual(['Анна Лебедева', 0, 1]);
    const third = await next(file, { key: second.row!.key, row: 3 });
    expect([third.row?.name, third.passed, third.left]).toEqual(['Иван Смирнов', 1, 0]);
    expect((await next(file, { key: third.row!.key, row: 5 })).row).toBeNull();
  });

  it('is none that was called or passed over meanwhile', async () => {
    const file = write();
    const { rows } = await page(file);
    const mark = { calledAt: null, followUpAt: null, skippedAt: null };
    tables.mark(placeOf(file).id, [
      { ...mark, key: rows[0]!.key, calledAt: clock.now() },
      { ...mark, key: rows[1]!.key, skippedAt: clock.now() },
    ]);
    expect((await next(file, {})).row?.name).toBe('Иван Смирнов');
  });

  it('goes on where the row was that is gone', async () => {
    const file = write();
    expect((await next(file, { key: 'gone', row: 3 })).row?.name).toBe('Анна Лебедева');
  });
});

describe('a file that changes', () => {
  it('is read again, and the rows are told to be others', async () => {
    const file = write();
    const before = await page(file);
    write([...people, ['Новый', '8 495 444-44-44', '', '', '', '']]);
    const told = news();
    tables.lookAgain(placeOf(file).id);
    expect(await told).toMatchObject({ rows: null, problem: null });
    expect(await news()).toMatchObject({ rows: 4, problem: null });
    const after = await page(file);
    expect(after.total).toBe(5);
    expect(after.version).toBeGreaterThan(before.version);
  });

  it('leaves the last rows where it is gone, and says why', async () => {
    const file = write();
    await page(file);
    rmSync(file);
    const told = news();
    expect((await page(file)).total).toBe(4);
    expect(await told).toMatchObject({ problem: { code: 'directory.not-found' } });
  });

  it('has what was just written at once', async () => {
    const file = write();
    const { rows } = await page(file);
    tables.written(placeOf(file).id, [{ key: rows[0]!.key, cells: [{ heading: 'статус', text: 'Согласен' }] }]);
    expect((await page(file)).rows[0]!.cells[3]).toBe('Согласен');
  });

  it('that was never read says why', async () => {
    await expect(page('/nowhere/x.xlsx')).rejects.toMatchObject({ code: 'directory.not-found' });
  });
});
