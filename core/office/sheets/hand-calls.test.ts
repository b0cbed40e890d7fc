import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { placeCall } from '#core/calls/index.ts';
import { everyRow } from './reading/sheet-reader.test-support.ts';
import { customers, openSheetOffice, type SheetOffice } from './sheet-office.test-support.ts';
import type { Sheets } from './sheets.ts';

let office: SheetOffice;
let sheets: Sheets;
let book: { id: string; file: string };
beforeEach(async () => {
  office = await openSheetOffice();
  book = await office.workbook('клиенты.xlsx');
  sheets = await office.open();
});
afterEach(() => office.close());

const cell = (name: string, column: string) => office.cell(book.file, name, column);
const settled = async () => {
  await office.records();
  await sheets.settled();
};
/** A call with an end, made by hand. */
const callBy = async (number: string) => {
  const { id } = placeCall(office.services, number, null);
  office.sessions().at(-1)!.answered.fire();
  office.sessions().at(-1)!.finish({});
  await settled();
  return id;
};

describe('a call made by hand', () => {
  it('is dated in the row of its number, and gets its notes when they are made', async () => {
    const id = await callBy('+7 495 222-22-22');
    await expect.poll(() => cell('Петров Иван', 'Дата звонка')).toMatch(/^15\.01\.2026 \d\d:\d\d$/);
    expect(cell('Петров Иван', 'Статус')).toBe('новый');
    await office.archive.annotate(id, { outcome: 'Купил', note: 'две штуки' });
    await settled();
    await expect.poll(() => cell('Петров Иван', 'Статус')).toBe('Купил');
    expect(cell('Петров Иван', 'Комментарий')).toBe('просил утром\nдве штуки');
    await office.archive.annotate(id, { note: 'три штуки' });
    await settled();
    await expect.poll(() => cell('Петров Иван', 'Комментарий')).toBe('просил утром\nтри штуки');
  });

  it('is written once, however often it is told of', async () => {
    const id = await callBy('84952222222');
    await expect.poll(() => office.writer.log.length).toBe(1);
    await office.archive.annotate(id, { tags: ['важно'] });
    await settled();
    await office.callLog.record((await office.archive.get(id))!.record);
    await settled();
    expect(office.writer.log).toHaveLength(1);
  });

  it('comes in from a customer who was answered; one that was missed is no call of ours', async () => {
    office.userAgents[0]!.receive({ user: '74951111111' }).finish({});
    const answered = office.userAgents[0]!.receive({ user: '74953333333' });
    answered.answered.fire();
    answered.finish({});
    await settled();
    await expect.poll(() => cell('Орлов Сергей', 'Дата звонка')).not.toBe('');
    expect(cell('Иванова Ольга', 'Дата звонка')).toBe('');
  });

  it('of one of several rows is written to none before the user says to which', async () => {
    await office.workbook('клиенты.xlsx', [...customers, ['Петров Пётр', '8 495 222-22-22', '', '', '', '']]);
    await expect.poll(() => sheets.list()[0]?.rows).toBe(5);
    const id = await callBy('84952222222');
    // Nobody is asked for the time of a call alone.
    expect(sheets.list()[0]?.conflicts).toBe(0);
    await office.archive.annotate(id, { note: 'две штуки' });
    await settled();
    await expect.poll(() => sheets.list()[0]?.conflicts).toBe(2);
    expect(office.writer.log).toEqual([]);
    await office.archive.annotate(id, { outcome: 'Купил' });
    await settled();
    const conflicts = await sheets.conflicts({ sheetId: book.id });
    expect(conflicts.map(({ kind, name }) => [kind, name])).toEqual([
      ['which', 'Петров Иван'],
      ['which', 'Петров Пётр'],
    ]);
    expect(conflicts[0]!.cells).toContainEqual({ heading: 'Статус', before: 'новый', now: 'новый', ours: 'Купил' });
    // A word for all of them says nothing, and one for one of them is one against the other.
    await sheets.resolve({ conflictIds: conflicts.map(({ id: each }) => each), keep: 'ours' });
    expect(sheets.list()[0]).toMatchObject({ waiting: 0, conflicts: 2 });
    await sheets.resolve({ conflictIds: [conflicts[1]!.id], keep: 'ours' });
    await expect.poll(() => sheets.list()[0]).toMatchObject({ waiting: 0, conflicts: 0 });
    await expect.poll(() => cell('Петров Пётр', 'Статус')).toBe('Купил');
    expect(cell('Петров Иван', 'Статус')).toBe('новый');
    // Whose call it was is known from then on.
    await office.archive.annotate(id, { outcome: 'Отказ' });
    await settled();
    await expect.poll(() => cell('Петров Пётр', 'Статус')).toBe('Отказ');
  });

  it('leaves a sheet alone that wants no such calls', async () => {
    const { setup } = await sheets.setup({ sheetId: book.id });
    await sheets.setUp({ sheetId: book.id, setup: { ...setup, byHand: false } });
    await callBy('84952222222');
    expect(office.writer.log).toEqual([]);
  });

  it('adds no column to a sheet that nobody has set up', async () => {
    const plain = await office.workbook('простой.xlsx', [['Белов', '8 495 888-88-88']], ['ФИО', 'Телефон']);
    await expect.poll(() => sheets.list().length).toBe(2);
    await callBy('84958888888');
    expect(office.writer.log).toEqual([]);
    const { setup } = await sheets.setup({ sheetId: plain.id });
    expect(setup.results.calledAt).toBe('Дата звонка');
    await sheets.setUp({ sheetId: plain.id, setup });
    await callBy('84958888888');
    await expect.poll(() => office.writer.log.map(({ heading }) => heading)).toEqual(['Дата звонка']);
  });

  it('finds its row at the next start, if Offhook was gone when it ended', async () => {
    await callBy('84951111111');
    await expect.poll(() => cell('Иванова Ольга', 'Дата звонка')).not.toBe('');
    await sheets.close();
    office.clock.advance(1000);
    await callBy('84952222222');
    expect(cell('Петров Иван', 'Дата звонка')).toBe('');
    const before = office.writer.log.length;
    sheets = await office.open();
    await settled();
    await expect.poll(() => cell('Петров Иван', 'Дата звонка')).not.toBe('');
    expect(office.writer.log).toHaveLength(before + 1);
    await sheets.close();
    sheets = await office.open();
    await settled();
    expect(office.writer.log).toHaveLength(before + 1);
  });

  it('waits for a workbook that is locked', async () => {
    office.writer.failures.set(book.file, new OffhookError('sheet.locked'));
    await callBy('84952222222');
    await expect.poll(() => sheets.list()[0]).toMatchObject({ waiting: 1, writing: 'locked' });
  });
});

describe('a call of a row', () => {
  it('is dated there without its number being looked for', async () => {
    await office.workbook('клиенты.xlsx', [...customers, ['Петров Пётр', '8 495 222-22-22', '', '', '', '']]);
    const { rows } = await sheets.page({ sheetId: book.id, filter: everyRow, offset: 0, limit: 50 });
    const rowKey = rows.find(({ name }) => name === 'Петров Иван')!.key;
    await sheets.dial({ sheetId: book.id, rowKey, number: 0 });
    office.sessions().at(-1)!.finish({ by: 'them', status: 480 });
    await settled();
    await expect.poll(() => cell('Петров Иван', 'Дата звонка')).not.toBe('');
    expect(sheets.list()[0]?.conflicts).toBe(0);
  });

  it('of a walk is written with its result alone, and once', async () => {
    await sheets.walk({ sheetId: book.id, filter: everyRow, from: null });
    const { callId } = await sheets.call({ number: 0 });
    office.sessions().at(-1)!.answered.fire();
    office.sessions().at(-1)!.finish({});
    await settled();
    expect(office.writer.log).toEqual([]);
    const calledAt = office.clock.now();
    await sheets.next({ result: { outcome: 'Купил', note: 'да', calledAt, followUpAt: null } });
    await settled();
    await expect.poll(() => office.writer.log.length).toBe(3);
    expect(sheets.list()[0]).toMatchObject({ waiting: 0, conflicts: 0 });
    // What is noted later is the row’s too.
    await office.archive.annotate(callId, { note: 'да, в среду' });
    await settled();
    await expect.poll(() => cell('Иванова Ольга', 'Комментарий')).toBe('да, в среду');
  });

  it('of a walk that was stopped meanwhile is one made by hand', async () => {
    await sheets.walk({ sheetId: book.id, filter: everyRow, from: null });
    await sheets.call({ number: 0 });
    await sheets.stop();
    office.sessions().at(-1)!.finish({ by: 'them', status: 480 });
    await settled();
    await expect.poll(() => cell('Иванова Ольга', 'Дата звонка')).not.toBe('');
  });
});
