import { afterEach, beforeEach, expect, it } from 'vitest';
import { answered, start } from '#core/call-log/call-archive.test-support.ts';
import { openDesk, type TestDesk } from '#core/housekeeping/housekeeping.test-support.ts';

const ivan = '+79161112233';
let desk: TestDesk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(async () => {
  await desk.close();
  desk.remove();
});
it('a person who is erased is taken out of the calls of others as well, which stay', async () => {
  await desk.people.name(ivan, 'Иван Тайный');
  await desk.log.record(answered(0, { id: 'own', number: ivan, partyKey: ivan }));
  const leg = { display: '', startedAt: start, answeredAt: start, endedAt: start + 1, sipCallId: null };
  const legs = [
    { ...leg, kind: 'call' as const, number: '204', name: 'Пётр' },
    { ...leg, kind: 'transfer' as const, number: ivan, name: 'Иван Тайный' },
  ];
  await desk.log.record(answered(1, { id: 'transferred', legs }));
  await desk.log.record(answered(2, { id: 'diverted', divertedFrom: ivan }));
  await desk.log.record(answered(3, { id: 'beside', divertedFrom: '204', legs: legs.slice(0, 1) }));
  await desk.housekeeping.erase({ partyKey: ivan });
  const { calls } = await desk.archive.query({ filter: {}, after: null, limit: 10 });
  expect(calls.map(({ record: { id, divertedFrom, legs: left } }) => [id, divertedFrom, left.length])).toEqual([
    ['beside', '204', 1],
    ['diverted', null, 0],
    ['transferred', null, 0],
  ]);
});

it('names in the receipt the directories that bring a person back, and keeps nothing of them until then', async () => {
  await desk.database.transaction([
    { sql: "INSERT INTO directory (id, kind, label, position, config) VALUES ('x', 'sheet', 'Клиенты', 1, '{}')" },
    {
      sql: `INSERT INTO directory_entry (directory_id, key, handle, content_hash, name, firm, role, department, numbers, emails,
        links, note, fields, place) VALUES ('x', '17', 'h', '', 'Иван Тайный', '', '', '', ?, '[]', '[]', '', '[]', 'Лист1!17')`,
      values: [JSON.stringify([[ivan, ivan, 'c', ivan, null, '']])],
    },
  ]);
  await desk.people.load();
  const receipt = await desk.housekeeping.erase({ text: 'Иван Тайный' });
  expect(receipt.notReached).toEqual(['Клиенты']);
  expect(desk.people.personOf(ivan)).toBeNull();
  expect(await desk.database.query('SELECT count(*) AS count FROM directory_entry')).toEqual([{ count: 0 }]);
});
