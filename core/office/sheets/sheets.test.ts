import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { CallResult } from '#contract/ipc/index.ts';
import { everyRow } from './reading/sheet-reader.test-support.ts';
import { customers, heading, openSheetOffice, type SheetOffice } from './sheet-office.test-support.ts';
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

describe('the list of sheets', () => {
  it('has every sheet that the address books have, with its rows with a number', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    expect(sheets.list()).toMatchObject([
      {
        id,
        file: 'клиенты.xlsx',
        path: file,
        sheet: 'Лист1',
        directoryLabel: 'Клиенты',
        writing: 'free',
        problem: null,
      },
    ]);
    expect(status(id).rows).toBe(4);
    await rowsOf(id);
    // «нет» is no number; the address book has kept it as one that it could not read.
    await expect.poll(() => status(id).rows).toBe(3);
  });

  it('follows the address books, with the same ids', async () => {
    sheets = await office.open();
    expect(sheets.list()).toEqual([]);
    const told = new Promise((resolve) => sheets.onChanged((list) => list.length > 0 && resolve(list)));
    const { id } = await office.workbook('клиенты.xlsx');
    await told;
    await office.workbook('клиенты.xlsx', customers.slice(1));
    await expect.poll(() => sheets.list().map((each) => [each.id, each.rows])).toEqual([[id, 3]]);
  });

  it('is there once the disk can be read, and follows the address books as if it had been at once', async () => {
    const { id } = await office.workbook('клиенты.xlsx');
    vi.spyOn(office.database, 'query').mockRejectedValueOnce(new OffhookError('storage.failed'));
    await expect(office.open()).rejects.toThrow('storage.failed');
    sheets = office.opened();
    await sheets.start();
    expect(status(id).rows).toBe(4);
    const read: number[] = [];
    sheets.onRows(({ version }) => read.push(version));
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Петров Иван'), callId: null, result: result() });
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, conflicts: 0 });
    expect(new Set(read).size).toBe(read.length);
  });

  it('forgets at another start what a disk does not let it forget', async () => {
    vi.spyOn(office.database, 'execute').mockRejectedValueOnce(new OffhookError('storage.read-only'));
    sheets = await office.open();
    expect(sheets.list()).toEqual([]);
  });

  it('keeps a sheet that is gone while something waits for it', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(file, locked);
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Петров Иван'), callId: null, result: result() });
    office.statuses.length = 0;
    office.changed();
    await expect.poll(() => status(id).writing).toBe('missing');
    expect(status(id)).toMatchObject({ waiting: 1, problem: { code: 'sheet.missing' } });
    await expect(sheets.page({ sheetId: id, filter: everyRow, offset: 0, limit: 1 })).rejects.toMatchObject({
      code: 'sheet.unknown',
    });
  });
});

describe('a workbook that is renamed', () => {
  it('gets what waited for it when its address book is told where it is', async () => {
    const { id, file, directoryId } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(file, new OffhookError('sheet.missing'));
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Петров Иван'), callId: null, result: result() });
    await expect.poll(() => status(id).writing).toBe('missing');
    const moved = await office.workbook('новые.xlsx', customers, heading, directoryId);
    await expect.poll(() => office.cell(moved.file, 'Петров Иван', 'Статус')).toBe('Согласен');
    await expect.poll(() => sheets.list().map((each) => [each.file, each.waiting])).toEqual([['новые.xlsx', 0]]);
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('новый');
  });

  it('whose address book is removed keeps what waits until the user drops it', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(file, locked);
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Петров Иван'), callId: null, result: result() });
    office.statuses.length = 0;
    office.changed();
    await expect.poll(() => status(id).writing).toBe('missing');
    const [conflict] = await sheets.conflicts({ sheetId: id });
    expect(conflict).toMatchObject({ kind: 'gone', name: 'Петров Иван' });
    await sheets.resolve({ conflictIds: [conflict!.id], keep: 'theirs' });
    expect(sheets.list()).toEqual([]);
  });
});

describe('the setup of a sheet', () => {
  it('is recognised by its headings, and keeps what the user chose', async () => {
    const { id } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const { setup, headings } = await sheets.setup({ sheetId: id });
    expect(headings).toContain('Комментарий');
    expect(setup).toMatchObject({
      results: { outcome: 'Статус', note: 'Комментарий', calledAt: 'Дата звонка', followUp: 'Перезвонить' },
      byHand: true,
      pauseMilliseconds: null,
    });
    const chosen = { ...setup, script: 'Здравствуйте, {ФИО}!', results: { ...setup.results, outcome: 'Итог' } };
    await sheets.setUp({ sheetId: id, setup: chosen });
    await sheets.close();
    sheets = await office.open();
    expect((await sheets.setup({ sheetId: id })).setup).toEqual(chosen);
  });
});

describe('a result', () => {
  it('is in the workbook’s own columns at once, and nothing else is', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const followUpAt = new Date(2026, 0, 20, 11, 30).getTime();
    const rowKey = await keyOf(id, 'Петров Иван');
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result({ note: 'ждёт счёт', followUpAt }) });
    await expect.poll(() => status(id).waiting).toBe(0);
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('Согласен');
    // What the office wrote there itself stays.
    expect(office.cell(file, 'Петров Иван', 'Комментарий')).toBe('просил утром\nждёт счёт');
    expect(office.cell(file, 'Петров Иван', 'Перезвонить')).toBe('20.01.2026 11:30');
    expect(office.writer.log).toHaveLength(4);
    const row = (await rowsOf(id)).find(({ key }) => key === rowKey)!;
    expect(row).toMatchObject({ writing: 'written', result: { outcome: 'Согласен', note: 'ждёт счёт' } });
  });

  it('waits with its reason, and is written when the lock is gone', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(file, locked);
    const rowKey = await keyOf(id, 'Петров Иван');
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result() });
    await expect.poll(() => status(id).writing).toBe('locked');
    expect(status(id)).toMatchObject({ waiting: 1, problem: { code: 'sheet.locked' } });
    expect((await rowsOf(id)).find(({ key }) => key === rowKey)?.writing).toBe('waiting');
    expect(office.problems.list()).toEqual([]);
    office.writer.failures.clear();
    office.touch(file.replace('клиенты', '~$клиенты'));
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, writing: 'free', problem: null });
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('Согласен');
  });

  it('is tried again after a while where nobody tells, and becomes a problem only after hours', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(file, locked);
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Петров Иван'), callId: null, result: result() });
    await expect.poll(() => office.clock.pendingTimers).toBe(1);
    for (let minute = 0; minute < 250 && office.problems.list().length === 0; minute += 5) {
      office.clock.advance(5 * 60_000);
      await expect.poll(() => office.clock.pendingTimers, { interval: 2 }).toBe(1);
    }
    expect(office.problems.list()).toMatchObject([{ error: { code: 'sheet.locked' } }]);
    office.writer.failures.clear();
    await sheets.write({ sheetId: id });
    expect(status(id)).toMatchObject({ waiting: 0, writing: 'free' });
    expect(office.problems.list()).toEqual([]);
  });

  it('takes the place of one that waits for the same row, but for what it does not name', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.failures.set(file, locked);
    const rowKey = await keyOf(id, 'Петров Иван');
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result({ note: 'раз' }) });
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result({ outcome: 'Отказ', note: 'два' }) });
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result({ outcome: null, calledAt: null }) });
    expect(status(id).waiting).toBe(1);
    office.writer.failures.clear();
    await sheets.write({ sheetId: id });
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('Отказ');
    expect(office.cell(file, 'Петров Иван', 'Комментарий')).toBe('просил утром\nдва');
  });

  it('of one file holds up no other file', async () => {
    const one = await office.workbook('один.xlsx');
    const other = await office.workbook('другой.xlsx');
    sheets = await office.open();
    office.writer.failures.set(one.file, locked);
    for (const { id } of [one, other])
      await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Петров Иван'), callId: null, result: result() });
    await expect.poll(() => [status(one.id).waiting, status(other.id).waiting]).toEqual([1, 0]);
  });

  it('survives a restart, also one right after the write', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    office.writer.crash = new Error('killed');
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Орлов Сергей'), callId: null, result: result() });
    await expect.poll(() => office.cell(file, 'Орлов Сергей', 'Статус')).toBe('Согласен');
    await sheets.close();
    office.writer.crash = null;
    sheets = await office.open();
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, conflicts: 0 });
    expect(office.writer.log.filter(({ heading }) => heading === 'Статус')).toHaveLength(1);
  });

  it('that cannot be written holds up no quitting, and goes on at the next start', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const hangs = Promise.withResolvers<void>();
    const { onWritten } = office.writer;
    office.writer.onWritten = () => hangs.promise;
    await sheets.record({ sheetId: id, rowKey: await keyOf(id, 'Орлов Сергей'), callId: null, result: result() });
    await expect.poll(() => office.writer.running).toBe(1);
    const closed = sheets.close();
    office.clock.advance(3000);
    await closed;
    office.writer.onWritten = onWritten;
    sheets = await office.open();
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, conflicts: 0 });
    expect(office.cell(file, 'Орлов Сергей', 'Статус')).toBe('Согласен');
    hangs.resolve();
  });

  it('of a row that nobody has is refused', async () => {
    const { id } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const asked = { rowKey: 'nobody', callId: null, result: result() };
    await expect(sheets.record({ ...asked, sheetId: id })).rejects.toMatchObject({ code: 'sheet.row-unknown' });
    await expect(sheets.record({ ...asked, sheetId: 'x' })).rejects.toMatchObject({ code: 'sheet.unknown' });
  });

  it('that the disk does not take is not said to be kept', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const rowKey = await keyOf(id, 'Петров Иван');
    office.database.fail = new OffhookError('storage.full');
    await expect(sheets.record({ sheetId: id, rowKey, callId: null, result: result() })).rejects.toMatchObject({
      code: 'storage.full',
    });
    office.database.fail = null;
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('новый');
  });

  it('is taken back by undo, and not written again by itself', async () => {
    const { id, file } = await office.workbook('клиенты.xlsx');
    sheets = await office.open();
    const rowKey = await keyOf(id, 'Петров Иван');
    await sheets.record({ sheetId: id, rowKey, callId: null, result: result() });
    await expect.poll(() => status(id)).toMatchObject({ waiting: 0, canUndo: true });
    await sheets.undo({ sheetId: id });
    await sheets.write({ sheetId: id });
    expect(office.cell(file, 'Петров Иван', 'Статус')).toBe('новый');
    expect((await rowsOf(id)).find(({ key }) => key === rowKey)).toMatchObject({
      writing: 'none',
      result: { outcome: 'Согласен' },
    });
  });
});
