import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { callRecordOf } from './call-record.test-support.ts';
import type { CallLog } from './call-log.ts';
import { KeepingCallLog } from './keeping-call-log.ts';
import { MemoryCallJournal } from './memory-call-journal.ts';
import { MemoryCallLog } from './memory-call-log.ts';
import { SqliteCallLog } from './sqlite-call-log.ts';

const everything = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1000 };
const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);

interface Bench {
  log: CallLog;
  /** As after a crash: the same data, seen by a new program. */
  restart(): CallLog;
}

function describeCallLog(name: string, open: () => Bench): void {
  describe(`a call log ${name}`, () => {
    it('gives back every field as it was', async () => {
      const { log } = open();
      const record = callRecordOf({
        name: 'Иван «Ванёк» 🙂',
        withheld: true,
        sipStatus: 486,
        sipReason: 'Busy\u0000',
        codec: null,
      });
      await log.record(record);
      expect(await log.list(everything)).toEqual([record]);
    });

    it('follows a call while it is up, and never changes it after its end', async () => {
      const { log } = open();
      const offered = callRecordOf({ endedAt: null, disposition: null, answeredAt: null });
      const ended = {
        ...offered,
        answeredAt: offered.offeredAt + 5,
        endedAt: offered.offeredAt + 9,
        disposition: 'answered',
      } as const;
      await log.record(offered);
      await log.record(ended);
      await log.record({ ...ended, name: 'forged', endedAt: null, disposition: null });
      expect(await log.list(everything)).toEqual([ended]);
    });

    it('keeps the order of one call without being waited for', async () => {
      const { log } = open();
      const states = [
        {},
        { codec: 'PCMA' },
        { answeredAt: 5 },
        { endedAt: 9, disposition: 'answered' as const },
        { codec: 'late' },
      ];
      const base = callRecordOf({ endedAt: null, disposition: null, answeredAt: null, codec: null });
      let record = base;
      const writes = states.map((change) => log.record((record = { ...record, ...change })));
      await Promise.all(writes);
      expect(await log.list(everything)).toEqual([
        { ...base, codec: 'PCMA', answeredAt: 5, endedAt: 9, disposition: 'answered' },
      ]);
    });

    it('lists a period, its end excluded, newest first, no more than asked for', async () => {
      const { log } = open();
      for (const offeredAt of [300, 100, 200, 200, 400])
        await log.record(callRecordOf({ id: `at-${offeredAt}-${Math.random()}`, offeredAt }));
      const times = async (period: { from: number; to: number; limit: number }) =>
        (await log.list(period)).map(({ offeredAt }) => offeredAt);
      expect(await times({ from: 100, to: 400, limit: 10 })).toEqual([300, 200, 200, 100]);
      expect(await times({ from: 100, to: 400, limit: 2 })).toEqual([300, 200]);
    });

    it('knows what was dialled last, with its extension', async () => {
      const { log } = open();
      expect(await log.lastDialled()).toBeNull();
      await log.record(
        callRecordOf({ id: '1', direction: 'outgoing', number: '+74951234567', extension: '12', offeredAt: 1 }),
      );
      expect(await log.lastDialled()).toBe('+74951234567;ext=12');
      await log.record(
        callRecordOf({
          id: '2',
          direction: 'outgoing',
          number: null,
          display: 'echo@pbx',
          extension: null,
          offeredAt: 2,
        }),
      );
      await log.record(callRecordOf({ id: '3', direction: 'incoming', number: '+79161234567', offeredAt: 3 }));
      expect(await log.lastDialled()).toBe('echo@pbx');
    });

    it('marks what a crash left open as cut, once, and leaves the calls of this run alone', async () => {
      const before = open();
      await before.log.record(
        callRecordOf({ id: 'lost', endedAt: null, disposition: null, offeredAt: 100, answeredAt: 200 }),
      );
      await before.log.record(callRecordOf({ id: 'ended', offeredAt: 50 }));
      const log = before.restart();
      const heard: string[] = [];
      log.onRecorded((record) => heard.push(record.id));
      await log.record(callRecordOf({ id: 'up', endedAt: null, disposition: null, offeredAt: 300 }));
      expect(await log.closeOpenRecords(1000)).toMatchObject([{ id: 'lost', endedAt: 1000, disposition: 'cut' }]);
      expect(await log.closeOpenRecords(2000)).toEqual([]);
      expect(heard).toEqual(['up', 'lost']);
      expect(await log.list(everything)).toMatchObject([
        { id: 'up', endedAt: null },
        { id: 'lost', endedAt: 1000 },
        { id: 'ended' },
      ]);
    });

    it('never ends a cut call before it began, even when the clock was set back', async () => {
      const before = open();
      await before.log.record(
        callRecordOf({ id: 'lost', endedAt: null, disposition: null, offeredAt: 5000, answeredAt: null }),
      );
      expect(await before.restart().closeOpenRecords(1000)).toMatchObject([{ endedAt: 5000 }]);
    });

    it('tells what it recorded, when it is recorded', async () => {
      const { log } = open();
      const heard: string[] = [];
      log.onRecorded((record) => heard.push(record.id));
      const written = log.record(callRecordOf({ id: 'a' }));
      expect(heard).toEqual([]);
      await written;
      expect(heard).toEqual(['a']);
    });
  });
}

describeCallLog('in memory', () => {
  const log = new MemoryCallLog();
  return { log, restart: () => log.restart() };
});

describeCallLog('that keeps what another cannot take', () => {
  const inner = new MemoryCallLog();
  const journal = new MemoryCallJournal();
  const log = () => new KeepingCallLog({ log: inner.restart(), journal, clock: systemClock });
  return { log: log(), restart: log };
});

describe('SqliteCallLog', () => {
  let directory: string;
  let database: WorkerDatabase;
  beforeAll(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-call-log-'));
    database = new WorkerDatabase({
      file: path.join(directory, 'x.sqlite'),
      parts: agentSchema,
      workerEntry,
      clock: systemClock,
    });
  });
  beforeEach(() => database.execute('DELETE FROM call_record'));
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });
  afterEach(() => expect(database.problem).toBeNull());

  describeCallLog('in SQLite', () => ({
    log: new SqliteCallLog({ database }),
    restart: () => new SqliteCallLog({ database }),
  }));

  it('refuses at the database itself to change a call that has ended', async () => {
    await new SqliteCallLog({ database }).record(callRecordOf({}));
    const forged = database.execute("UPDATE call_record SET number = '+70000000000'");
    await expect(forged).rejects.toThrow('a call that has ended is a fact');
    const invented = database.execute("UPDATE call_record SET diverted_from = '+70000000000'");
    await expect(invented).rejects.toThrow('a call that has ended is a fact');
  });

  it('bounds the text that a hostile header brings', async () => {
    const log = new SqliteCallLog({ database });
    await log.record(callRecordOf({ name: 'x'.repeat(1_000_000) }));
    expect((await log.list(everything))[0]?.name).toHaveLength(1000);
  });

  it('agrees with a plain map under any sequence of writes', async () => {
    const change = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      offeredAt: fc.integer({ min: 0, max: 9 }),
      endedAt: fc.option(fc.integer({ min: 10, max: 20 })),
      name: fc.option(fc.string({ unit: 'grapheme', maxLength: 8 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        await database.execute('DELETE FROM call_record');
        const log = new SqliteCallLog({ database });
        const model = new MemoryCallLog();
        const records = changes.map((fields): CallRecord =>
          callRecordOf({ ...fields, disposition: fields.endedAt === null ? null : 'answered' }),
        );
        await Promise.all(records.flatMap((record) => [log.record(record), model.record(record)]));
        expect(await log.list(everything)).toEqual(await model.list(everything));
        expect(await log.lastDialled()).toEqual(await model.lastDialled());
      }),
      { numRuns: 50 },
    );
  });
});
