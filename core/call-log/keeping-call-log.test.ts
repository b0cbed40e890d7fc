import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { callRecordOf } from './call-record.test-support.ts';
import { FileCallJournal } from './file-call-journal.ts';
import { KeepingCallLog } from './keeping-call-log.ts';
import { MemoryCallJournal } from './memory-call-journal.ts';
import { MemoryCallLog } from './memory-call-log.ts';

const everything = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1000 };
const full = new OffhookError('storage.full', { values: { file: 'x' } });
const open = { endedAt: null, disposition: null, answeredAt: null };

function build() {
  const inner = new MemoryCallLog();
  const journal = new MemoryCallJournal();
  const clock = new FakeClock();
  const log = new KeepingCallLog({ log: inner, journal, clock });
  return { inner, journal, clock, log };
}

describe('while the database refuses', () => {
  it('takes a record into the journal, shows it, and tells the problem', async () => {
    const { inner, journal, log } = build();
    inner.failure = full;
    await log.record(callRecordOf({ id: 'a' }));
    expect([...journal.records.keys()]).toEqual(['a']);
    expect(await log.list(everything)).toMatchObject([{ id: 'a' }]);
    expect(log.problem).toMatchObject({ code: 'storage.full' });
  });

  it('keeps a record in memory and says that it is not safe, when the journal fails too', async () => {
    const { inner, journal, log } = build();
    inner.failure = full;
    journal.failure = new Error('no space');
    await expect(log.record(callRecordOf({ id: 'a' }))).rejects.toMatchObject({ code: 'storage.full' });
    expect(await log.list(everything)).toMatchObject([{ id: 'a' }]);
  });

  it('knows the last number dialled', async () => {
    const { inner, log } = build();
    inner.failure = full;
    await log.record(callRecordOf({ direction: 'outgoing', number: '600' }));
    expect(await log.lastDialled()).toBe('600');
  });

  it('does not let a call that has ended change', async () => {
    const { inner, log } = build();
    inner.failure = full;
    await log.record(callRecordOf({ id: 'a', name: 'true' }));
    await log.record(callRecordOf({ id: 'a', name: 'forged' }));
    expect(await log.list(everything)).toMatchObject([{ name: 'true' }]);
  });
});

describe('once the database takes records again', () => {
  it('hands over the last state of each call, empties the journal and clears the problem', async () => {
    const { inner, journal, clock, log } = build();
    const problems: (string | null)[] = [];
    log.onProblem((problem) => problems.push(problem?.code ?? null));
    inner.failure = full;
    await log.record(callRecordOf({ id: 'a', ...open }));
    await log.record(callRecordOf({ id: 'b' }));
    await log.record(callRecordOf({ id: 'a', disposition: 'busy' }));
    inner.failure = null;
    clock.advance(5000);
    await log.flush();
    expect(await inner.list(everything)).toMatchObject([{ id: 'b' }, { id: 'a', disposition: 'busy' }]);
    expect(journal.records.size).toBe(0);
    expect(problems).toEqual(['storage.full', null]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('tries again and again until then', async () => {
    const { inner, clock, log } = build();
    inner.failure = full;
    await log.record(callRecordOf({ id: 'a' }));
    for (let round = 0; round < 3; round += 1) {
      clock.advance(5000);
      await log.flush();
      expect(clock.pendingTimers).toBe(1);
    }
    log.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not let a failed early state overtake a later one', async () => {
    const { inner, log } = build();
    inner.failure = full;
    const early = log.record(callRecordOf({ id: 'a', ...open }));
    inner.failure = null;
    const late = log.record(callRecordOf({ id: 'a', disposition: 'answered' }));
    await Promise.all([early, late]);
    await log.flush();
    expect(await inner.list(everything)).toMatchObject([{ id: 'a', disposition: 'answered' }]);
  });

  it('closes then what a crash left open, if it could not at the start', async () => {
    const { inner, log } = build();
    await inner.record(callRecordOf({ id: 'lost', ...open }));
    inner.restart();
    inner.failure = full;
    await expect(log.closeOpenRecords(7)).rejects.toMatchObject({ code: 'storage.full' });
    inner.failure = null;
    await log.flush();
    expect(await inner.list(everything)).toMatchObject([{ id: 'lost', disposition: 'cut' }]);
  });
});

describe('a record that the database will never take', () => {
  const refused = new OffhookError('storage.failed', { detail: 'SQLITE_CONSTRAINT_DATATYPE cannot store REAL value' });

  /** An inner log that refuses one call and takes the others. */
  function refusing(id: string) {
    const bench = build();
    const take = bench.inner.record.bind(bench.inner);
    bench.inner.record = (record) => (record.id === id ? Promise.reject(refused) : take(record));
    return bench;
  }

  it('goes to a file of its own and is told, while the others go on', async () => {
    const { inner, journal, log } = refusing('odd');
    await log.record(callRecordOf({ id: 'odd' }));
    await log.record(callRecordOf({ id: 'good' }));
    expect(journal.refused).toMatchObject([{ id: 'odd' }]);
    expect(log.problem).toMatchObject({ code: 'storage.record-refused', values: { file: 'refused' } });
    expect(log.waiting()).toEqual([]);
    expect(await inner.list(everything)).toMatchObject([{ id: 'good' }]);
  });

  it('does not hold up those that wait behind it', async () => {
    const { inner, journal, log } = refusing('odd');
    inner.failure = full;
    await log.record(callRecordOf({ id: 'before' }));
    await log.record(callRecordOf({ id: 'odd' }));
    await log.record(callRecordOf({ id: 'after' }));
    inner.failure = null;
    await log.flush();
    expect(await inner.list(everything)).toMatchObject([{ id: 'after' }, { id: 'before' }]);
    expect([journal.refused.length, journal.records.size]).toEqual([1, 0]);
  });
});

describe('what is taken back', () => {
  it('is neither in memory nor in the journal, and the rest stays', async () => {
    const { inner, journal, log } = build();
    inner.failure = full;
    for (const id of ['a', 'b']) await log.record(callRecordOf({ id, partyKey: id }));
    expect(await log.forget(({ partyKey }) => partyKey === 'a')).toBe(1);
    expect(log.waiting()).toMatchObject([{ id: 'b' }]);
    expect([...journal.records.keys()]).toEqual(['b']);
  });

  it('stays where the journal cannot be written anew', async () => {
    const { inner, journal, log } = build();
    inner.failure = full;
    for (const id of ['a', 'b']) await log.record(callRecordOf({ id, partyKey: id }));
    journal.failure = new Error('no space');
    await expect(log.forget(({ partyKey }) => partyKey === 'a')).rejects.toThrow('no space');
    expect([log.waiting().length, journal.records.size]).toEqual([2, 2]);
  });

  it('is left to the database where that takes it after all', async () => {
    const { inner, log } = build();
    inner.failure = full;
    await log.record(callRecordOf({ id: 'a', partyKey: 'a' }));
    inner.failure = null;
    expect(await log.forget(() => true)).toBe(0);
    expect(await inner.list(everything)).toMatchObject([{ id: 'a' }]);
  });
});

describe('after a restart', () => {
  let file: string;
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-journal-'));
    file = path.join(directory, 'call-log.journal');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const start = (inner: MemoryCallLog) =>
    new KeepingCallLog({ log: inner, journal: new FileCallJournal(file), clock: new FakeClock() });

  it('knows nothing of what was taken back, and all of the rest', async () => {
    const broken = new MemoryCallLog();
    broken.failure = full;
    const before = start(broken);
    for (const id of ['a', 'b', 'c']) await before.record(callRecordOf({ id }));
    await before.forget(({ id }) => id === 'b');
    before.dispose();
    const log = start(broken.restart());
    expect(log.waiting().map(({ id }) => id)).toEqual(['a', 'c']);
    expect(readdirSync(directory)).toEqual(['call-log.journal']);
    log.dispose();
  });

  it('hands over what the journal holds, the true end of a call before any cut', async () => {
    const broken = new MemoryCallLog();
    broken.failure = full;
    const before = start(broken);
    await before.record(callRecordOf({ id: 'a', ...open }));
    await before.record(callRecordOf({ id: 'a', disposition: 'declined' }));
    await before.record(callRecordOf({ id: 'b', ...open }));
    before.dispose();
    const inner = new MemoryCallLog();
    await inner.record(callRecordOf({ id: 'a', ...open }));
    const log = start(inner.restart());
    expect(await log.closeOpenRecords(9e12)).toMatchObject([{ id: 'b', disposition: 'cut' }]);
    expect(await inner.list(everything)).toMatchObject([
      { id: 'b', disposition: 'cut' },
      { id: 'a', disposition: 'declined' },
    ]);
    expect(existsSync(file)).toBe(false);
  });

  it('reads a journal whose last line was torn, and one that is no journal', async () => {
    writeFileSync(file, `${JSON.stringify(callRecordOf({ id: 'whole' }))}\n{"id":"torn","lin`);
    const journal = new FileCallJournal(file);
    expect(journal.load()).toMatchObject([{ id: 'whole' }]);
    await journal.append(callRecordOf({ id: 'next' }));
    expect(journal.load()).toMatchObject([{ id: 'whole' }, { id: 'next' }]);
    appendFileSync(file, '{"id":"foreign","lineId":7}\n');
    expect(journal.load()).toHaveLength(2);
    expect(readFileSync(`${file}.refused`, 'utf8')).toBe('{"id":"foreign","lineId":7}\n');
    appendFileSync(file, '\u0000\n[1]\nnull\n');
    expect(journal.load()).toHaveLength(2);
  });
});
