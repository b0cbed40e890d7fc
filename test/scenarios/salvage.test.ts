import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync, copyFileSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoggedCall } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { openTestPeople } from '#core/contacts/people/indexed-people.test-support.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { answered, missed } from '#core/call-log/call-archive.test-support.ts';
import { SqliteCallArchive } from '#core/call-log/sqlite-call-archive.ts';
import { SqliteCallLog } from '#core/call-log/sqlite-call-log.ts';

const workerEntry = new URL('../../core/storage/storage-worker.ts', import.meta.url);
const parts = agentSchema;
const pageBytes = 4096;
let directory: string;
let original: Map<string, LoggedCall>;
let bytes: number;

function open(file: string) {
  const database = new WorkerDatabase({ file, parts, workerEntry, clock: new FakeClock() });
  const people = openTestPeople({ database, file, clock: new FakeClock(), newId: () => 'person-1' });
  const log = new SqliteCallLog({ database });
  const archive = new SqliteCallArchive({ database, people, clock: new FakeClock(), onRecorded: log.onRecorded });
  return { database, people, log, archive };
}

async function everything({ archive }: ReturnType<typeof open>): Promise<Map<string, LoggedCall>> {
  const found = new Map<string, LoggedCall>();
  for (let after: string | null = null; ;) {
    const page = await archive.query({ filter: {}, after, limit: 500 });
    for (const call of page.calls) found.set(call.record.id, call);
    after = page.next;
    if (after === null) return found;
  }
}

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-salvage-'));
  const desk = open(path.join(directory, 'sound.sqlite'));
  for (let count = 0; count < 1500; count += 1) {
    const name = count % 3 === 0 ? `Ольга ${count}` : null;
    await desk.log.record(
      count % 5 === 0 ? missed(count, { name, lineId: 'line-2', lineLabel: 'Склад' }) : answered(count, { name }),
    );
    if (count % 50 === 0)
      await desk.archive.annotate(`call-${count}`, {
        note: `заметка ${count} ${'длинно '.repeat(count)}`,
        handled: true,
      });
  }
  await desk.people.name('+74951234567', 'Пётр Лебедев');
  await desk.people.setFavourite({ partyKey: '+74951234567', number: '+74951234567', display: 'x' }, true);
  await desk.database.query('PRAGMA wal_checkpoint(TRUNCATE)');
  original = await everything(desk);
  await desk.database.close();
  bytes = statSync(path.join(directory, 'sound.sqlite')).size;
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true }));

let runs = 0;

/** A file damaged so, as it comes back after a start. */
async function afterDamage(damage: readonly { place: number; length: number; fill: number }[]) {
  const folder = path.join(directory, `run-${(runs += 1)}`);
  mkdirSync(folder);
  const file = path.join(folder, 'x.sqlite');
  copyFileSync(path.join(directory, 'sound.sqlite'), file);
  const handle = openSync(file, 'r+');
  for (const { place, length, fill } of damage) writeSync(handle, Buffer.alloc(length, fill), 0, length, place);
  closeSync(handle);
  const desk = open(file);
  await desk.log.record(answered(9000, { id: 'new' }));
  await desk.people.load();
  const { problem } = desk.database;
  const result = problem ? await desk.database.work('salvage', { copy: String(problem.values.copy) }) : null;
  // As the housekeeping does.
  await desk.people.reload();
  const calls = await everything(desk);
  const check = await desk.database.work('check', {});
  await desk.database.close();
  rmSync(folder, { recursive: true });
  expect(check).toEqual({ sound: true, detail: null });
  expect(calls.delete('new')).toBe(true);
  return { result, calls, people: desk.people };
}

const plain = ({ record, missed: missedState, annotation }: LoggedCall) => ({
  record,
  missed: missedState,
  annotation,
});

describe('a damaged call log', () => {
  it('comes back whole where its pages are whole: the header alone was overwritten', async () => {
    const { calls, people, result } = await afterDamage([{ place: 0, length: 100, fill: 0x5a }]);
    expect(calls.size).toBe(original.size);
    for (const [id, call] of calls) expect(plain(call)).toEqual(plain(original.get(id)!));
    expect(people.personOf('+74951234567')).toMatchObject({ name: 'Пётр Лебедев' });
    expect(people.favourites()).toHaveLength(1);
    expect(result?.rows).toMatchObject({ call_record: 1500, call_annotation: 30 });
  }, 60_000);

  it('comes back whole even without its first page, by a new file of the same make', async () => {
    const { calls } = await afterDamage([{ place: 0, length: pageBytes, fill: 0 }]);
    expect(calls.size).toBe(original.size);
  }, 60_000);

  it('starts, and gives back nothing that was not there, wherever the damage is', async () => {
    const pages = Math.floor(bytes / pageBytes);
    const damage = fc.record({
      page: fc.nat({ max: pages - 1 }),
      offset: fc.constantFrom(0, 0, 300),
      length: fc.constantFrom(64, 500, pageBytes, 5 * pageBytes),
      fill: fc.constantFrom(0, 0xa5, 0xff),
    });
    const shares: number[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (places) => {
        const { calls } = await afterDamage(
          places.map(({ page, offset, length, fill }) => {
            const place = page * pageBytes + offset;
            return { place, length: Math.min(length, bytes - place), fill };
          }),
        );
        for (const id of calls.keys()) expect(original.has(id), id).toBe(true);
        shares.push(calls.size / original.size);
      }),
      { numRuns: 15, seed: 20_260_115 },
    );
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.7);
  }, 240_000);
});
