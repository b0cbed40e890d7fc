import path from 'node:path';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import type { SheetWalk } from '#contract/ipc/index.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { openStage } from '#test/support/stage.ts';
import { openPbx, phone } from './pbx-stage.ts';

const headings = ['ФИО', 'Телефон', 'Статус', 'Дата звонка', 'Комментарий'];

async function writeCustomers(file: string): Promise<void> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Клиенты');
  sheet.addRow(headings);
  sheet.addRow(['Иванова Ольга', '102', '', '', 'просила утром']);
  sheet.addRow(['Петров Иван', 'позже', '', '', '']);
  sheet.addRow(['Орлов Сергей', '103', '', '', '']);
  sheet.getColumn(4).numFmt = 'dd.mm.yyyy';
  await book.xlsx.writeFile(file);
}

async function cellsOf(file: string): Promise<string[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const rows: string[][] = [];
  book
    .getWorksheet('Клиенты')!
    .eachRow((row) => rows.push(headings.map((_heading, index) => row.getCell(index + 1).text)));
  return rows;
}

test('a walk down a sheet calls a baresip that answers and one that is busy, and leaves both outcomes in the workbook', async () => {
  const stage = openStage();
  const pbx = await openPbx(stage);
  const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent') }));
  const second = await stage.enter(phone(stage, pbx, '102', { parameters: { answermode: 'auto' } }));
  const third = await stage.enter(phone(stage, pbx, '103'));
  await Promise.all([second.registered(), third.registered()]);
  const { sipHost: domain, udpPort: serverPort } = pbx.running.addresses;
  await agent.registeredLine({ user: '101', domain, serverPort }, pbx.passwords.get('101')!);

  const { client } = agent;
  const file = path.join(stage.folder('books'), 'клиенты.xlsx');
  await writeCustomers(file);
  const config = { kind: 'sheet' as const, path: file, mappings: [] };
  await client.call('directories.add', { label: 'Клиенты', config, secret: null, everyMinutes: 0 });
  const sheetId = await client.when(
    'the sheet is listed',
    () => client.all('sheets.changed').at(-1)?.sheets[0]?.id,
    20_000,
  );
  const walkIs = (state: SheetWalk['state']) =>
    client.when(`the walk is ${state}`, () => {
      const walk = client.all('sheets.walkChanged').at(-1)?.walk;
      return walk?.state === state ? walk : undefined;
    });
  const written = (waiting: number) =>
    client.when('the result is written', () => {
      const status = client.all('sheets.changed').at(-1)?.sheets[0];
      return status?.waiting === waiting && status.writtenAt !== null ? status : undefined;
    });

  const filter = { text: '', uncalled: true, due: false };
  expect(await client.call('sheets.walk', { sheetId, filter })).toMatchObject({
    left: 1,
    row: { name: 'Иванова Ольга' },
  });
  const { callId } = await client.call('sheets.call', {});
  await agent.callIs(callId, 'connected');
  await expect(client.call('sheets.call', {})).rejects.toMatchObject({ code: 'sheet.call-up' });
  await client.call('calls.hangUp', { callId });
  const over = await walkIs('wrapping-up');
  expect(over.row!.result).toMatchObject({ outcome: null });
  const result = { ...over.row!.result!, outcome: 'Согласен', note: 'ждёт счёт' };
  const next = await client.call('sheets.next', { result });
  expect(next).toMatchObject({ done: 1, skipped: 1, row: { name: 'Орлов Сергей' } });

  const { callId: busy } = await client.call('sheets.call', {});
  await third.event('CALL_INCOMING');
  await third.hangUp();
  const refused = await client.when('the result is asked for', () => {
    const walk = client.all('sheets.walkChanged').at(-1)?.walk;
    return walk?.state === 'wrapping-up' && walk.callId === busy ? walk : undefined;
  });
  expect(refused.row!.result!.outcome).toMatch(/Занято|Сбросили|Busy|Declined/);
  expect(await client.call('sheets.next', { result: refused.row!.result })).toMatchObject({
    state: 'finished',
    done: 2,
  });
  await written(0);

  const rows = await cellsOf(file);
  expect(rows[0]).toEqual(headings);
  expect(rows[1]).toEqual([
    'Иванова Ольга',
    '102',
    'Согласен',
    expect.stringContaining('20'),
    'просила утром\nждёт счёт',
  ]);
  expect(rows[2]).toEqual(['Петров Иван', 'позже', '', '', '']);
  expect(rows[3]![2]).toBe(refused.row!.result!.outcome);
  expect((await client.call('callLog.get', { callId }))?.annotation).toMatchObject({
    outcome: 'Согласен',
    note: 'ждёт счёт',
  });
  const page = await client.call('sheets.page', { sheetId, filter, offset: 0, limit: 10 });
  expect(page.rows.map(({ name }) => name)).toEqual(['Петров Иван']);
});
