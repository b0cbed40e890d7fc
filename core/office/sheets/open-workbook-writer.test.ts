import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { RowKeys } from '#core/contacts/directories/sheets/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { MemoryOpenWorkbooks } from './memory-open-workbooks.ts';
import { MemoryWorkbookWriter } from './memory-workbook-writer.ts';
import { OpenWorkbookWriter } from './open-workbook-writer.ts';
import type { CellChange } from './workbook-writer.ts';

const file = 'C:\\клиенты.xlsx';
const target = { file, sheet: 'Лист1', mapping: null, keyPrefix: '' };
const locked = new OffhookError('sheet.locked');

let closed: MemoryWorkbookWriter;
let open: MemoryOpenWorkbooks;
let writer: OpenWorkbookWriter;
let table: string[][];
beforeEach(() => {
  const clock = new FakeClock();
  closed = new MemoryWorkbookWriter(() => clock.now());
  closed.failures.set(file, locked);
  open = new MemoryOpenWorkbooks();
  writer = new OpenWorkbookWriter({ closed, open, clock });
  table = [
    ['Клиенты'],
    ['ФИО', 'Телефон', 'Статус'],
    ['Иванова Ольга', '8 495 111-11-11', 'новый'],
    ['Петров Иван', '8 495 222-22-22', ''],
  ];
  open.open.set(file, table);
});

const keyOf = (name: string, number: string) => new RowKeys('').keyOf({ id: '', name, number });
const petrov = keyOf('Петров Иван', '8 495 222-22-22');
const write = (key: string, cells: Record<string, [text: string, expected: string | null]>, id = 1) => {
  const changes = Object.entries(cells).map(([heading, [text, expected]]): CellChange => {
    return { heading, value: { kind: 'text', text }, expected };
  });
  return writer.write(target, [{ id, key, row: 4, cells: changes }]);
};

it('writes into a workbook that is open here, in the row of that customer', async () => {
  table.splice(2, 1);
  const { rows, copy } = await write(petrov, { Статус: ['Купил', ''] });
  expect([rows, copy]).toEqual([[{ id: 1, kind: 'written', row: 3 }], null]);
  expect(table[2]).toEqual(['Петров Иван', '8 495 222-22-22', 'Купил']);
  // The headings are known by now, and are known again where somebody has moved them.
  table.unshift(['Отдел продаж']);
  expect((await write(petrov, { Статус: ['Отказ', 'Купил'] })).rows).toEqual([{ id: 1, kind: 'written', row: 4 }]);
});

it('adds a column that the sheet lacks, once', async () => {
  await write(petrov, { Итог: ['Купил', ''] });
  await write(keyOf('Иванова Ольга', '84951111111'), { Итог: ['Отказ', ''] });
  expect(table.map((cells) => cells[3])).toEqual([undefined, 'Итог', 'Отказ', 'Купил']);
});

it('puts nothing into the column of another one that it has added before, or that somebody else has', async () => {
  await write(petrov, { Итог: ['Купил', ''], Заметка: ['две штуки', ''] });
  await write(keyOf('Иванова Ольга', '84951111111'), { Заметка: ['перезвонить', ''] });
  expect(table.map((cells) => cells.slice(3))).toEqual([
    [],
    ['Итог', 'Заметка'],
    [undefined, 'перезвонить'],
    ['Купил', 'две штуки'],
  ]);
  table[1]![5] = 'Город';
  await write(petrov, { Дата: ['15.01.2026', ''] });
  expect(table[3]!.slice(3)).toEqual(['Купил', 'две штуки', undefined, '15.01.2026']);
});

it('refuses a column where there are no headings to add one to', async () => {
  table.splice(0, 2);
  const columns = [
    { column: 0, heading: '', role: 'name' as const, label: '' },
    { column: 1, heading: '', role: 'number' as const, label: '' },
  ];
  const mapping = { file: '', sheet: '', headerRow: 0, columns };
  const cells: CellChange[] = [{ heading: 'Итог', value: { kind: 'text', text: 'Купил' }, expected: '' }];
  const before = structuredClone(table);
  expect((await writer.write({ ...target, mapping }, [{ id: 1, key: petrov, row: 2, cells }])).rows).toMatchObject([
    {
      id: 1,
      kind: 'refused',
      report: { code: 'sheet.column-unknown', values: { heading: 'Итог', file: path.basename(file) } },
    },
  ]);
  expect(table).toEqual(before);
});

it('overwrites nothing that was typed meanwhile', async () => {
  table[3]![2] = 'звонил сам';
  expect((await write(petrov, { Статус: ['Купил', ''] })).rows).toEqual([
    { id: 1, kind: 'conflict', row: 4, cells: [{ heading: 'Статус', now: 'звонил сам' }] },
  ]);
  expect(table[3]![2]).toBe('звонил сам');
});

it('never writes over a formula, and says so of the cell, as in a closed workbook', async () => {
  table[3]![2] = '2';
  open.formulas.add('4,3');
  expect((await write(petrov, { Статус: ['Купил', ''] })).rows).toMatchObject([{ kind: 'conflict' }]);
  for (const expected of [null, '2'])
    expect((await write(petrov, { Статус: ['Купил', expected] })).rows).toMatchObject([
      { kind: 'refused', report: { code: 'sheet.formula', values: { heading: 'Статус', file: path.basename(file) } } },
    ]);
  expect((await write(petrov, { Статус: ['2', null] })).rows).toMatchObject([{ kind: 'written' }]);
  expect(table[3]![2]).toBe('2');
});

it('says of a row that is gone that it is', async () => {
  table.pop();
  expect((await write(petrov, { Статус: ['Купил', ''] })).rows).toEqual([{ id: 1, kind: 'gone' }]);
});

it('leaves to the file what is not open, and a lock of somebody else’s is one', async () => {
  expect([await writer.look(file), await writer.isOpenHere(file)]).toEqual([null, true]);
  open.open.clear();
  await expect(write(petrov, { Статус: ['Купил', ''] })).rejects.toMatchObject({ code: 'sheet.locked' });
  expect(await writer.look(file)).toMatchObject({ code: 'sheet.locked' });
  closed.failures.clear();
  closed.sheets.set(`${file}\nЛист1`, new Map([[petrov, { row: 4, cells: new Map() }]]));
  expect((await write(petrov, { Статус: ['Купил', ''] })).rows).toEqual([{ id: 1, kind: 'written', row: 4 }]);
  expect(await writer.isOpenHere(file)).toBe(false);
});

it('tells of an Excel that is busy', async () => {
  open.busy = true;
  await expect(write(petrov, { Статус: ['Купил', ''] })).rejects.toMatchObject({ code: 'sheet.excel-busy' });
});
