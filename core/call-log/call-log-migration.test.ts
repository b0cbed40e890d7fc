import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { peopleSchema } from '#core/contacts/people/people-schema.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { systemClock } from '#core/foundation/index.ts';
import { recordingsSchema } from '#core/recordings/recordings-schema.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { SqliteCallArchive } from './sqlite-call-archive.ts';
import { callLogSchema, SqliteCallLog } from './sqlite-call-log.ts';

const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-migration-'));
const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
const open = (migrations: number) => {
  const parts = [peopleSchema, { ...callLogSchema, migrations: callLogSchema.migrations.slice(0, migrations) }, recordingsSchema];
  return new WorkerDatabase({ file: path.join(directory, 'x.sqlite'), parts, workerEntry, clock: systemClock });
};
afterEach(() => rmSync(directory, { recursive: true }));

const row = `INSERT INTO call_record (id, line_id, line_label, direction, number, display, name, withheld, offered_at, answered_at,
  ended_at, zone_offset_minutes, disposition, encrypted) VALUES (?, 'line-1', 'Office', ?, ?, ?, ?, 0, ?, ?, ?, 180, ?, 0)`;

it('takes over the calls of the first version: their order, what is missed, and what the search finds', async () => {
  const before = open(1);
  await before.execute(row, ['a', 'incoming', '+74951234567', '+7 495 123-45-67', 'Ольга', 1000, null, 2000, 'missed']);
  await before.execute(row, ['b', 'incoming', '204', '204', null, 1000, 1500, 2500, 'answered']);
  await before.execute(row, ['c', 'outgoing', '+74951234567', '+7 495 123-45-67', null, 5000, 6000, 7000, 'answered']);
  await before.execute(row, [
    'd',
    'incoming',
    'sip:anna@pbx.example',
    'anna@pbx.example',
    null,
    9000,
    null,
    null,
    null,
  ]);
  await before.close();

  const database = open(callLogSchema.migrations.length);
  const log = new SqliteCallLog({ database });
  const people = new MemoryKnownPeople(() => 'nobody');
  const archive = new SqliteCallArchive({ database, people, clock: systemClock, onRecorded: log.onRecorded });
  await log.closeOpenRecords(10_000);
  const { calls } = await archive.query({ filter: {}, after: null, limit: 10 });
  expect(calls.map(({ record }) => [record.id, record.partyKey, record.internal])).toEqual([
    ['d', 'sip:anna@pbx.example', false],
    ['c', '+74951234567', false],
    ['b', '204', true],
    ['a', '+74951234567', false],
  ]);
  expect(calls.at(-1)?.missed).toEqual({ handledAt: 6000, handledBy: 'c' });
  const ids = async (text: string) =>
    (await archive.query({ filter: { text }, after: null, limit: 10 })).calls.map(({ record }) => record.id);
  expect(await ids('ольга')).toEqual(['a']);
  expect(await ids('123-45')).toEqual(['c', 'a']);
  expect(await ids('anna')).toEqual(['d']);
  expect(await database.query('SELECT sum(calls) AS calls FROM call_tally')).toEqual([{ calls: 4 }]);
  await database.close();
});
