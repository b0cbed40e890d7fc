import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readRows, TableFolder } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { systemClock } from '#core/foundation/index.ts';
import { keysOf, rowChange, targetOf } from './workbook-writer.test-support.ts';
import { WorkerWorkbookWriter } from './worker-workbook-writer.ts';

// Threads take their time where others work as well.
vi.setConfig({ testTimeout: 30_000 });
const workerEntry = new URL('../../composition/sheet-worker.ts', import.meta.url);

let folder: TableFolder;
let writer: WorkerWorkbookWriter;
const open = () =>
  new WorkerWorkbookWriter({
    workerEntry,
    keptFolder: path.join(folder.path, 'kept'),
    helper: null,
    clock: systemClock,
  });
beforeEach(() => {
  folder = new TableFolder();
  writer = open();
});
afterEach(async () => {
  await writer.close();
  folder.remove();
});

const sheet = () =>
  folder.workbook('клиенты.xlsx', [
    ['ФИО', 'Телефон', 'Статус'],
    ['Петров Иван', '8 495 222-22-22', ''],
  ]);

it('writes in a thread of its own, tells when, and takes back also what an earlier run wrote', async () => {
  const file = sheet();
  const before = readFileSync(file);
  expect([await writer.look(file), writer.lastWrite(file), await writer.isOpenHere(file)]).toEqual([null, null, false]);
  const row = (await keysOf(file)).get('Петров Иван')!;
  const { rows } = await writer.write(targetOf(file, { sheet: 'Лист1' }), [rowChange(row, { Статус: 'Купил' }, '')]);
  expect(rows).toMatchObject([{ kind: 'written', row: 2 }]);
  expect((await readRows(file, 3)).map(({ cells }) => cells[2])).toEqual(['Статус', 'Купил']);
  expect(writer.lastWrite(file)).toMatchObject({ canUndo: true });
  await writer.close();
  writer = open();
  expect(writer.lastWrite(file)).toMatchObject({ canUndo: true });
  await writer.undo(file);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('says what the writer says', async () => {
  expect(await writer.look(path.join(folder.path, 'nowhere.xlsx'))).toMatchObject({ code: 'sheet.missing' });
  await expect(writer.undo(sheet())).rejects.toMatchObject({ code: 'sheet.nothing-to-undo' });
});

it('tells whoever waits when its thread is lost, and begins another', async () => {
  const file = sheet();
  const lost = new WorkerWorkbookWriter({
    ...{ workerEntry: new URL('data:text/javascript,process.exit(3)'), keptFolder: folder.path },
    ...{ helper: null, clock: systemClock },
  });
  await expect(lost.look(file)).rejects.toMatchObject({ code: 'sheet.failed' });
  await lost.close();
});
