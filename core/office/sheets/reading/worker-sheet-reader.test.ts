import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TableFolder } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { systemClock } from '#core/foundation/index.ts';
import type { RowMark, TableNews } from './sheet-reader.ts';
import { everyRow, placeOf, questionOf } from './sheet-reader.test-support.ts';
import { WorkerSheetReader } from './worker-sheet-reader.ts';

const workerEntry = new URL('../../../composition/sheet-worker.ts', import.meta.url);
const rows = [
  ['ФИО', 'Телефон', 'Дата звонка'],
  ['Иванова Ольга', '8 495 111-11-11', ''],
  ['Петров Иван', '8 495 222-22-22', ''],
];

// Threads take their time where others work as well.
vi.setConfig({ testTimeout: 30_000 });

let folder: TableFolder;
let marks: RowMark[];
let reader: WorkerSheetReader | null;
beforeEach(() => {
  folder = new TableFolder();
  marks = [];
});
afterEach(async () => {
  await reader?.close();
  folder.remove();
});

const open = (options: Partial<ConstructorParameters<typeof WorkerSheetReader>[0]> = {}) => {
  reader = new WorkerSheetReader({ workerEntry, clock: systemClock, marksOf: async () => marks, ...options });
  return reader;
};
const names = async (file: string, filter = {}) => {
  const page = await reader!.page({ ...questionOf(file), filter: { ...everyRow, ...filter }, offset: 0, limit: 10 });
  return page.rows.map(({ name }) => name);
};

it('answers from a thread of its own, which is told what is known of the rows', async () => {
  const file = folder.workbook('клиенты.xlsx', rows);
  open();
  const { rows: found } = await reader!.page({ ...questionOf(file), filter: everyRow, offset: 0, limit: 10 });
  const mark = { calledAt: 1, followUpAt: null, skippedAt: null };
  await reader!.close();
  marks = [{ ...mark, key: found[0]!.key }];
  open();
  expect(await names(file, { uncalled: true })).toEqual(['Петров Иван']);
  reader!.mark(placeOf(file).id, [{ ...mark, key: found[1]!.key }]);
  expect(await names(file, { uncalled: true })).toEqual([]);
  reader!.written(placeOf(file).id, [{ key: found[0]!.key, cells: [{ heading: 'Дата звонка', text: 'вчера' }] }]);
  const written = await reader!.rows({ ...questionOf(file), keys: [found[0]!.key] });
  expect(written.rows[0]!.cells[2]).toBe('вчера');
});

it('tells of a file that was read again', async () => {
  const file = folder.workbook('клиенты.xlsx', rows);
  open();
  await names(file);
  const told = new Promise<TableNews>((resolve) => reader!.onRead((news) => news.rows === 1 && resolve(news)));
  folder.workbook('клиенты.xlsx', rows.slice(0, 2));
  reader!.lookAgain(placeOf(file).id);
  expect(await told).toMatchObject({ sheetId: placeOf(file).id, problem: null });
});

it('says why a sheet cannot be read', async () => {
  open();
  await expect(names('/nowhere/x.xlsx')).rejects.toMatchObject({ code: 'directory.not-found' });
});

it('gives its memory back when nobody asks for a while, and begins again with the next question', async () => {
  const file = folder.workbook('клиенты.xlsx', rows);
  const clock = new FakeClock();
  open({ clock });
  await names(file);
  clock.advance(5 * 60_000);
  const started: string[] = [];
  reader!.onRead(({ problem }) => started.push(problem?.code ?? 'read'));
  expect(await names(file)).toEqual(['Иванова Ольга', 'Петров Иван']);
  await expect.poll(() => started, { timeout: 10_000 }).toContain('read');
});

it('tells whoever waits when its thread is lost', async () => {
  open({ workerEntry: new URL('data:text/javascript,process.exit(3)') });
  await expect(names('x.xlsx')).rejects.toMatchObject({ code: 'internal.bug' });
});

it('says of a sheet that is not read in time that it does not answer', async () => {
  const clock = new FakeClock();
  open({ clock, workerEntry: new URL('data:text/javascript,setInterval(() => {}, 1e6)') });
  const asked = names('клиенты.xlsx');
  clock.advance(60_000);
  await expect(asked).rejects.toMatchObject({ code: 'directory.timed-out', values: { host: 'клиенты.xlsx' } });
});
