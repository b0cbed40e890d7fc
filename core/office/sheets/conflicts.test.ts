import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { CallResult } from '#contract/ipc/index.ts';
import { everyRow } from './reading/sheet-reader.test-support.ts';
import { customers, openSheetOffice, type SheetOffice } from './sheet-office.test-support.ts';
import type { Sheets } from './sheets.ts';

let office: SheetOffice;
let sheets: Sheets;
beforeEach(async () => {
  office = await openSheetOffice();
});
afterEach(() => office.close());

const result = (fields: Partial<CallResult> = {}): CallResult => {
  return { outcome: 'Согласен', note: '', calledAt: office.clock.now(), followUpAt: null, ...fields };
};
const rowsOf = async (id: string) => (await sheets.page({ sheetId: id, filter: everyRow, offset: 0, limit: 50 })).rows;
const keyOf = async (id: string, name: string) => (await rowsOf(id)).find((row) => row.name === name)!.key;
const status = (id: string) => sheets.list().find((each) => each.id === id)!;
const locked = new OffhookError('sheet.locked', { values: { file: 'клиенты.xlsx' } });

describe('a conflict', () => {
  const conflicted = async () => {
    const book = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(book.file, locked);
    const rowKey = await keyOf(book.id, 'Петров Иван');
    await sheets.record({ sheetId: book.id, rowKey, callId: null, result: result({ calledAt: null }) });
    // Somebody writes it himself, and closes the workbook.
    await office.workbook(
      'клиенты.xlsx',
      customers.map((row) => row.with(2, 'в работе')),
    );
    office.writer.failures.clear();
    await sheets.write({ sheetId: book.id });
    return { ...book, rowKey };
  };

  it('overwrites nothing, and shows both', async () => {
    const { id, file, rowKey } = await conflicted();
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('в работе');
    expect(await sheets.conflicts({ sheetId: id })).toMatchObject([
      {
        ...{ key: rowKey, row: 3, name: 'Петров Иван', kind: 'changed' },
        cells: [{ heading: 'Статус', before: 'новый', now: 'в работе', ours: 'Согласен' }],
      },
    ]);
    expect(status(id)).toMatchObject({ waiting: 0, conflicts: 1 });
  });

  it('is written over what is there on the user’s word', async () => {
    const { id, file } = await conflicted();
    const [conflict] = await sheets.conflicts({ sheetId: id });
    await sheets.resolve({ conflictIds: [conflict!.id], keep: 'ours' });
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, conflicts: 0 });
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('Согласен');
  });

  it('is dropped on the user’s word', async () => {
    const { id, file } = await conflicted();
    const [conflict] = await sheets.conflicts({ sheetId: id });
    await sheets.resolve({ conflictIds: [conflict!.id], keep: 'theirs' });
    expect(status(id)).toMatchObject({ waiting: 0, conflicts: 0 });
    await sheets.write({ sheetId: id });
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('в работе');
  });

  it('is none where a date is only shown otherwise', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const rowKey = await keyOf(id, 'Петров Иван');
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result() });
    await expect.poll(() => status(id).waiting).toBe(0);
    await rowsOf(id);
    // The column’s style shows days alone.
    office.writer.sheets.get(`${file}\nЛист1`)!.get(rowKey)!.cells.set('Дата звонка', '15.01.2026');
    await sheets.record({
      sheetId: id,
      rowKey,
      callId: null,
      result: result({ calledAt: office.clock.now() + 60_000 }),
    });
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, conflicts: 0 });
  });

  it('of a row that is gone stays to be seen', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(file, locked);
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Петров Иван'), callId: null, result: result() });
    await office.workbook('клиенты.xlsx', customers.slice(2));
    office.writer.failures.clear();
    await sheets.write({ sheetId: id });
    expect(await sheets.conflicts({ sheetId: id })).toMatchObject([{ kind: 'gone', name: 'Петров Иван' }]);
  });

  it('is also what the sheet never takes, with the reason for it', async () => {
    const { id } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const rowKey = await keyOf(id, 'Петров Иван');
    const values = { file: 'клиенты.xlsx' };
    office.writer.refusals.set(rowKey, new OffhookError('sheet.text-too-long', { values }));
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result() });
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, conflicts: 1 });
    const [conflict] = await sheets.conflicts({ sheetId: id });
    expect(conflict).toMatchObject({ kind: 'refused', problem: { code: 'sheet.text-too-long', values } });
  });
});
