import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { answered, idsOf, minute, missed, start } from '#core/call-log/call-archive.test-support.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { MemoryCallArchive } from '#core/call-log/memory-call-archive.ts';
import { MemoryCallLog } from '#core/call-log/memory-call-log.ts';
import { SqliteCallArchive } from '#core/call-log/sqlite-call-archive.ts';
import { SqliteCallHousekeeping } from '#core/call-log/sqlite-call-housekeeping.ts';
import { SqliteCallLog } from '#core/call-log/sqlite-call-log.ts';

let directory: string;
let database: WorkerDatabase;
beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-keeping-'));
  const workerEntry = new URL('../../core/storage/storage-worker.ts', import.meta.url);
  database = new WorkerDatabase({
    file: path.join(directory, 'x.sqlite'),
    parts: agentSchema,
    workerEntry,
    clock: systemClock,
  });
});
beforeEach(async () => void (await database.execute('DELETE FROM call_record')));
afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true });
});

function desk() {
  const people = new MemoryKnownPeople(() => 'person-1');
  const log = new SqliteCallLog({ database });
  const archive = new SqliteCallArchive({ database, people, clock: new FakeClock(), onRecorded: log.onRecorded });
  return { people, log, archive, keeping: new SqliteCallHousekeeping({ database }) };
}

const bytesOf = () => readdirSync(directory).map((name) => readFileSync(path.join(directory, name)));
const holds = (text: string) => bytesOf().some((bytes) => bytes.includes(text));

describe('what goes by age', { timeout: 30_000 }, () => {
  it('is what is older, but no call that is up or is to be followed up', async () => {
    const { log, archive, keeping } = desk();
    for (const minutes of [0, 1, 2, 3, 4]) await log.record(answered(minutes));
    await log.record(answered(1.5, { id: 'up', endedAt: null, disposition: null }));
    await archive.annotate('call-2', { followUpAt: start });
    await archive.annotate('call-1', { followUpAt: start, followUpDone: true });
    const before = start + 4 * minute;
    expect(await keeping.countBefore(before)).toBe(3);
    expect(await keeping.timeOfOldest(2)).toBe(start + minute + 1);
    await keeping.remove(await keeping.nextBefore(before, 2));
    await keeping.remove(await keeping.nextBefore(before, 2));
    expect(await keeping.nextBefore(before, 2)).toEqual([]);
    expect(await idsOf(archive, {})).toEqual(['call-4', 'call-2', 'up']);
  });

  it('takes along notes, their history, tallies and missed calls', async () => {
    const { log, archive, keeping } = desk();
    await log.record(missed(0));
    await archive.annotate('call-0', { note: 'gone' });
    await keeping.remove(await keeping.nextBefore(start + minute, 10));
    for (const table of [
      'call_record',
      'call_annotation',
      'call_annotation_change',
      'missed_call',
      'call_tally',
      'call_words',
      'call_digits',
    ])
      expect(await database.query(`SELECT count(*) AS count FROM ${table}`), table).toEqual([{ count: 0 }]);
  });
});

describe('a party that is erased', { timeout: 30_000 }, () => {
  it('is in no byte of the files afterwards, neither name, number, note nor what a note once said', async () => {
    const { log, archive, keeping } = desk();
    const they = {
      number: '+79995550123',
      partyKey: '+79995550123',
      display: '+7 999 555-01-23',
      name: 'Верещагина Зинаида',
    };
    for (let count = 0; count < 300; count += 1) await log.record(answered(count, { name: `Сосед ${count}` }));
    for (let count = 0; count < 40; count += 1)
      await log.record(answered(1000 + count, { ...they, id: `they-${count}` }));
    await archive.annotate('they-3', { note: 'секретец один' });
    await archive.annotate('they-3', { note: 'другое', tags: ['тайнотег'] });
    await database.query('PRAGMA wal_checkpoint(TRUNCATE)');
    const traces = [
      'Верещагина',
      'верещагина',
      '+79995550123',
      '79995550123',
      '999 555-01-23',
      'секретец',
      'тайнотег',
      '555',
    ];
    expect(traces.filter(holds)).toEqual(expect.arrayContaining(['Верещагина', '+79995550123', 'секретец']));
    const party = { partyKeys: [they.partyKey], personId: null };
    expect(await keeping.countOf(party)).toEqual({ calls: 40, notes: 1, followUps: 0 });
    for (let keys = await keeping.nextOf(party, 7); keys.length > 0; keys = await keeping.nextOf(party, 7))
      await keeping.remove(keys);
    let steps = 0;
    while (!(await keeping.cleanStep())) {
      // Calls that are recorded meanwhile must not make it begin anew.
      await log.record(answered(2000 + steps, { name: `Сосед ${steps}` }));
      expect((steps += 1)).toBeLessThan(200);
    }
    await keeping.settle({ compact: false });
    expect(traces.filter(holds)).toEqual([]);
    expect(await archive.count({})).toBe(300 + steps);
    expect(await archive.count({ text: 'сосед' })).toBe(300 + steps);
  });

  it('is erased and nobody else, by the plain model', async () => {
    const keys = ['+74951234567', '+79030000042', '204'];
    const call = fc.record({
      party: fc.constantFrom(...keys, null),
      linked: fc.constantFrom(null, null, 'person-1', 'person-2'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), fc.boolean(), async (calls, known) => {
        await database.execute('DELETE FROM call_record');
        const { people, log, archive, keeping } = desk();
        const modelLog = new MemoryCallLog();
        const model = new MemoryCallArchive({ log: modelLog, people, clock: new FakeClock() });
        if (known) await people.name(keys[0]!, 'Пётр Лебедев');
        for (const [index, { party, linked }] of calls.entries()) {
          const record = callRecordOf({
            id: `c${index}`,
            offeredAt: start + index * minute,
            number: party,
            partyKey: party,
          });
          for (const each of [log, modelLog]) await each.record(record);
          if (linked) for (const each of [archive, model]) await each.annotate(record.id, { personId: linked });
        }
        const theirs = known
          ? await idsOf(model, { personId: 'person-1' })
          : (await model.query({ filter: { partyKey: keys[0] }, after: null, limit: 100 })).calls
              .filter(({ annotation }) => annotation === null)
              .map(({ record }) => record.id);
        const party = { partyKeys: [keys[0]!], personId: known ? 'person-1' : null };
        expect((await keeping.countOf(party)).calls).toBe(theirs.length);
        for (let next = await keeping.nextOf(party, 3); next.length > 0; next = await keeping.nextOf(party, 3))
          await keeping.remove(next);
        const left = (await idsOf(model, {})).filter((id) => !theirs.includes(id));
        expect(await idsOf(archive, {})).toEqual(left);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('a record that no clock or program in its senses would write', { timeout: 30_000 }, () => {
  it('is taken, and breaks neither the order nor the counts', async () => {
    const { log, archive, keeping } = desk();
    const odd = [
      { offeredAt: 1000, answeredAt: 500, endedAt: 100 },
      { offeredAt: -5, answeredAt: -3, endedAt: -1 },
      { offeredAt: 253_370_764_800_000, answeredAt: null, endedAt: 1, disposition: 'missed' as const },
      { offeredAt: 9e15, answeredAt: 1e300, endedAt: 2 },
      {
        offeredAt: start,
        answeredAt: start - 1,
        endedAt: start - 2,
        zoneOffsetMinutes: 9_007_199_254_740_991,
        sipStatus: 9e15,
      },
      { offeredAt: start + 0.5, answeredAt: Number.NaN, endedAt: Infinity },
    ];
    for (const [index, fields] of odd.entries()) await log.record(callRecordOf({ id: `odd-${index}`, ...fields }));
    expect(await archive.count({})).toBe(odd.length);
    const [{ least }] = (await database.query<{ least: number }>(
      'SELECT min(min(waiting, talking)) AS least FROM (SELECT waiting, talking FROM call_record UNION ALL SELECT waiting, talking FROM call_tally)',
    )) as [{ least: number }];
    expect(least).toBeGreaterThanOrEqual(0);
    expect(
      await database.query('SELECT min(hour) >= 0 AND max(hour) < 24 AND min(day) >= 0 AS fine FROM call_tally'),
    ).toEqual([{ fine: 1 }]);
    await keeping.remove(await keeping.nextBefore(1e15, 100));
    expect(await database.query('SELECT count(*) AS count FROM call_tally')).toEqual([{ count: 0 }]);
  });
});
