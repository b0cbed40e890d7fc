import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallResult } from '#contract/ipc/index.ts';
import { placeCall } from '#core/calls/index.ts';
import { everyRow } from '../reading/sheet-reader.test-support.ts';
import { customers, openSheetOffice, type SheetOffice } from '../sheet-office.test-support.ts';
import type { Sheets } from '../sheets.ts';

let office: SheetOffice;
let sheets: Sheets;
let book: { id: string; file: string };
beforeEach(async () => {
  office = await openSheetOffice();
  book = await office.workbook('клиенты.xlsx');
  sheets = await office.open();
});
afterEach(() => office.close());

const result = (fields: Partial<CallResult> = {}): CallResult => {
  return { outcome: 'Согласен', note: '', calledAt: office.clock.now(), followUpAt: null, ...fields };
};
const begin = (filter: Partial<typeof everyRow> = {}, from: string | null = null) =>
  sheets.walk({ sheetId: book.id, filter: { ...everyRow, ...filter }, from });
const now = () => {
  const walk = sheets.walking()!;
  return [walk.state, walk.row?.name ?? null];
};
const counts = () => {
  const { done, skipped, left } = sheets.walking()!;
  return { done, skipped, left };
};
const call = () => sheets.call({ number: 0 });
const last = () => office.sessions().at(-1)!;
const becomes = (state: string, name: string | null) => expect.poll(now, { interval: 5 }).toEqual([state, name]);
const setUp = async (pauseMilliseconds: number | null) => {
  const { setup } = await sheets.setup({ sheetId: book.id });
  await sheets.setUp({ sheetId: book.id, setup: { ...setup, pauseMilliseconds } });
};
const keyOf = async (name: string) => {
  const { rows } = await sheets.page({ sheetId: book.id, filter: everyRow, offset: 0, limit: 50 });
  return rows.find((row) => row.name === name)!.key;
};
/** Ends the call that is up, and waits until its result is asked for. */
const end = async (how: Parameters<ReturnType<typeof last>['finish']>[0] = { by: 'them' }) => {
  last().finish(how);
  await expect.poll(() => sheets.walking()!.state, { interval: 5 }).toBe('wrapping-up');
};

describe('a walk down a sheet', () => {
  it('shows the first row, dials it, asks for the result, and goes on', async () => {
    expect(await begin()).toMatchObject({ state: 'ready', left: 2, done: 0, row: { name: 'Иванова Ольга' } });
    expect(office.sessions()).toEqual([]);
    const { callId } = await call();
    expect(now()).toEqual(['calling', 'Иванова Ольга']);
    expect(sheets.walking()!.callId).toBe(callId);
    expect(last().target).toBe('+74951111111');
    last().answered.fire();
    await end();
    const next = await sheets.next({ result: result({ note: 'поговорили' }) });
    expect(next).toMatchObject({ state: 'ready', done: 1, left: 1, row: { name: 'Петров Иван' }, callId: null });
    await expect.poll(() => office.cell(book.file, 'Иванова Ольга', 'Статус')).toBe('Согласен');
    const logged = await office.archive.get(callId);
    expect(logged?.annotation).toMatchObject({ outcome: 'Согласен', note: 'поговорили' });
  });

  it('passes rows without a number over, and counts them; then it is finished', async () => {
    await begin({}, await keyOf('Петров Иван'));
    expect(await sheets.skip()).toMatchObject({ row: { name: 'Орлов Сергей' }, skipped: 2, left: 0 });
    expect(await sheets.skip()).toMatchObject({ state: 'finished', row: null, skipped: 3 });
    expect(await sheets.skip()).toMatchObject({ state: 'finished' });
  });

  it('proposes what the end of the call says', async () => {
    const proposals: unknown[] = [];
    await begin();
    for (const how of [
      { by: 'them', status: 486 },
      { by: 'them', status: 480 },
      { by: 'us' },
      { by: 'network', status: 503 },
    ] as const) {
      await call();
      await end(how);
      proposals.push(sheets.walking()!.row!.result!.outcome);
      // The tone of a busy line is over before the next call.
      office.clock.advance(10_000);
    }
    expect(proposals).toEqual(['Занято', 'Нет ответа', 'Нет ответа', 'Не удалось дозвониться']);
    await call();
    last().answered.fire();
    await end();
    expect(sheets.walking()!.row!.result).toMatchObject({ outcome: null, calledAt: expect.any(Number) });
  });

  it('proposes the office’s own words', async () => {
    const { setup } = await sheets.setup({ sheetId: book.id });
    await sheets.setUp({ sheetId: book.id, setup: { ...setup, outcomes: ['Купил', 'Недозвон', 'Занято было'] } });
    await begin();
    await call();
    await end({ by: 'them', status: 486 });
    expect(sheets.walking()!.row!.result!.outcome).toBe('Занято было');
  });

  it('never has a second call up, whoever makes it', async () => {
    await begin();
    const callUp = { code: 'sheet.call-up' };
    const incoming = office.userAgents[0]!.receive({ user: '74957777777' });
    await expect(call()).rejects.toMatchObject(callUp);
    incoming.finish({});
    await call();
    await expect(call()).rejects.toMatchObject(callUp);
    await expect(sheets.next({ result: null })).rejects.toMatchObject(callUp);
    await expect(sheets.skip()).rejects.toMatchObject(callUp);
    await expect(
      sheets.dial({ sheetId: book.id, rowKey: await keyOf('Петров Иван'), number: 0 }),
    ).rejects.toMatchObject(callUp);
    expect(office.sessions().filter(({ direction }) => direction === 'outgoing')).toHaveLength(1);
  });

  it('is one at a time', async () => {
    const other = await office.workbook('другой.xlsx');
    await expect.poll(() => sheets.list().length).toBe(2);
    await begin();
    await expect(sheets.walk({ sheetId: other.id, filter: everyRow, from: null })).rejects.toMatchObject({
      code: 'sheet.walk-busy',
    });
    expect(await begin({}, await keyOf('Орлов Сергей'))).toMatchObject({ row: { name: 'Орлов Сергей' } });
    await sheets.stop();
    expect(sheets.walking()).toBeNull();
    await expect(call()).rejects.toMatchObject({ code: 'sheet.no-walk' });
    await sheets.walk({ sheetId: other.id, filter: everyRow, from: null });
  });

  it('does not call a row again that was called meanwhile', async () => {
    await begin();
    await sheets.dial({ sheetId: book.id, rowKey: await keyOf('Петров Иван'), number: 0 });
    last().finish({});
    await becomes('paused', 'Иванова Ольга');
    await sheets.pause(false);
    expect(await sheets.skip()).toMatchObject({ row: { name: 'Орлов Сергей' } });
  });

  it('refuses a row that has no such number', async () => {
    await begin();
    await expect(sheets.call({ number: 5 })).rejects.toMatchObject({ code: 'sheet.no-number' });
    expect(now()).toEqual(['ready', 'Иванова Ольга']);
  });

  it('goes on without a result, which then stays to be given', async () => {
    await begin();
    await call();
    await end();
    expect(await sheets.next({ result: null })).toMatchObject({ done: 1, row: { name: 'Петров Иван' } });
    expect(office.writer.log).toEqual([]);
    expect(await begin({ uncalled: true })).toMatchObject({ row: { name: 'Петров Иван' } });
  });
});

describe('a walk that goes by itself', () => {
  it('dials the next row after the pause, once the result is given', async () => {
    await setUp(5000);
    await begin();
    office.clock.advance(60_000);
    expect(now()).toEqual(['ready', 'Иванова Ольга']);
    await call();
    await end();
    office.clock.advance(60_000);
    expect(now()).toEqual(['wrapping-up', 'Иванова Ольга']);
    expect(await sheets.next({ result: result() })).toMatchObject({
      state: 'ready',
      nextAt: office.clock.now() + 5000,
    });
    office.clock.advance(4999);
    expect(now()).toEqual(['ready', 'Петров Иван']);
    office.clock.advance(1);
    await becomes('calling', 'Петров Иван');
    expect(last().target).toBe('+74952222222');
  });

  it('goes on from a result that was recorded elsewhere', async () => {
    await setUp(0);
    await begin();
    const { callId } = await call();
    await end();
    const rowKey = sheets.walking()!.row!.key;
    await sheets.record({ sheetId: book.id, rowKey, callId, result: result() });
    await expect.poll(() => sheets.walking()!.nextAt, { interval: 5 }).not.toBeNull();
    office.clock.advance(1);
    await becomes('calling', 'Петров Иван');
    expect(counts()).toEqual({ done: 1, skipped: 0, left: 1 });
  });

  it('waits while another call rings, and goes on after it', async () => {
    await setUp(5000);
    await begin();
    await call();
    await end();
    await sheets.next({ result: result() });
    office.clock.advance(1000);
    const incoming = office.userAgents[0]!.receive({ user: '74957777777' });
    office.clock.advance(60_000);
    await becomes('ready', 'Петров Иван');
    expect(sheets.walking()!.nextAt).toBeNull();
    incoming.finish({});
    await expect.poll(() => sheets.walking()!.nextAt, { interval: 5 }).toBe(office.clock.now() + 5000);
    office.clock.advance(5000);
    await becomes('calling', 'Петров Иван');
  });

  it('is paused by a call that the user makes in between, an emergency’s too', async () => {
    await setUp(5000);
    await begin();
    await call();
    await end();
    await sheets.next({ result: result() });
    placeCall(office.services, '112', null);
    last().answered.fire();
    last().finish({});
    await becomes('paused', 'Петров Иван');
    office.clock.advance(60_000);
    expect(now()).toEqual(['paused', 'Петров Иван']);
    expect(await sheets.pause(false)).toMatchObject({ state: 'ready', nextAt: office.clock.now() + 5000 });
  });

  it('stops at a pause and at the end of the line', async () => {
    await setUp(1000);
    await begin();
    await call();
    await end();
    await sheets.next({ result: result() });
    expect(await sheets.pause(true)).toMatchObject({ state: 'paused', nextAt: null });
    office.clock.advance(60_000);
    expect(now()).toEqual(['paused', 'Петров Иван']);
    await sheets.pause(false);
    for (const { id } of office.lines.snapshots()) await office.lines.remove(id);
    office.clock.advance(1000);
    await becomes('paused', 'Петров Иван');
  });

  it('dials no emergency number by itself', async () => {
    await office.workbook('клиенты.xlsx', [customers[0]!, ['Шутник', '112', '', '', '', ''], customers[3]!]);
    await setUp(0);
    await begin();
    await call();
    await end();
    await sheets.next({ result: result() });
    office.clock.advance(60_000);
    expect(now()).toEqual(['ready', 'Шутник']);
    // On a click it is, even while a call is up.
    office.userAgents[0]!.receive({ user: '74957777777' });
    await call();
    expect(last().target).toBe('112');
  });
});

describe('a row that nobody may be charged for', () => {
  it('is shown and dialled on a click only', async () => {
    await office.workbook('клиенты.xlsx', [
      customers[0]!,
      ['Далёкий', '+44 20 7946 0018', '', '', '', ''],
      customers[3]!,
    ]);
    await setUp(0);
    await begin();
    await call();
    await end();
    await sheets.next({ result: result() });
    office.clock.advance(60_000);
    expect(now()).toEqual(['ready', 'Далёкий']);
    await call();
    expect(last().target).toBe('+442079460018');
  });
});

describe('after a restart', () => {
  it('the walk is paused where it was', async () => {
    await setUp(1000);
    await begin();
    await call();
    await end();
    await sheets.next({ result: result() });
    await sheets.close();
    sheets = await office.open();
    await becomes('paused', 'Петров Иван');
    expect(counts()).toEqual({ done: 1, skipped: 0, left: 1 });
    office.clock.advance(60_000);
    expect(now()).toEqual(['paused', 'Петров Иван']);
    await sheets.pause(false);
    expect(await sheets.skip()).toMatchObject({ row: { name: 'Орлов Сергей' } });
  });

  it('a call that was up can still be given its result', async () => {
    await begin();
    const { callId } = await call();
    await sheets.close();
    last().finish({});
    sheets = await office.open();
    await becomes('paused', 'Иванова Ольга');
    expect(sheets.walking()!.callId).toBe(callId);
    await sheets.next({ result: result() });
    await expect.poll(() => office.cell(book.file, 'Иванова Ольга', 'Статус')).toBe('Согласен');
  });

  it('a finished walk is forgotten', async () => {
    await begin({}, await keyOf('Орлов Сергей'));
    await sheets.skip();
    await sheets.close();
    sheets = await office.open();
    expect(sheets.walking()).toBeNull();
  });
});
