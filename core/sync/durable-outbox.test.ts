import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { callLogSchema } from '#core/call-log/call-log-schema.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { SqliteCallLog } from '#core/call-log/sqlite-call-log.ts';
import { peopleSchema } from '#core/contacts/people/people-schema.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import type { DeliveryStore, PutItem } from './delivery-store.ts';
import { DurableOutbox } from './durable-outbox.ts';
import { MemoryDeliveryStore } from './memory-delivery-store.ts';
import type { OutboxItem } from './outbox.ts';
import { outboxSchema } from './outbox-schema.ts';
import { SqliteDeliveryStore } from './sqlite-delivery-store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-outbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

const item = (key: string, changes: Partial<PutItem> = {}): PutItem => ({
  kind: 'onec',
  targetId: 'base',
  targetLabel: '1С',
  key,
  subject: `звонок ${key}`,
  payload: `{"callId":"${key}"}`,
  ...changes,
});

const databases: WorkerDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.close();
});

function openDatabase(): WorkerDatabase {
  const file = path.join(folder, `${Math.random()}.sqlite`);
  const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
  const database = new WorkerDatabase({
    file,
    parts: [peopleSchema, callLogSchema, outboxSchema],
    workerEntry,
    clock: systemClock,
  });
  databases.push(database);
  return database;
}

describe.each([
  ['in memory', () => new MemoryDeliveryStore()],
  ['in the database', () => new SqliteDeliveryStore({ database: openDatabase() })],
])('deliveries %s', (_name, open) => {
  let store: DeliveryStore;
  beforeEach(() => (store = open()));

  it('wait in the order in which they were put, each once by its key', async () => {
    await store.put(item('1'), 10);
    await store.put(item('2', { targetId: 'hook', kind: 'webhook' }), 20);
    await store.put(item('1', { payload: '{"newer":true}' }), 30);
    const open = await store.open(10);
    expect(open.map(({ key, revision, payload }) => [key, revision, payload])).toEqual([
      ['1', 2, '{"newer":true}'],
      ['2', 1, '{"callId":"2"}'],
    ]);
    expect(await store.targets()).toEqual([
      { targetId: 'base', kind: 'onec', nextAt: 10 },
      { targetId: 'hook', kind: 'webhook', nextAt: 20 },
    ]);
    expect(await store.counts()).toEqual({ waiting: 2, refused: 0 });
  });

  it('are remembered when done, without what was in them, and wait anew with their reference when put again', async () => {
    await store.put(item('1'), 10);
    await store.done((await store.first('base'))!, 'ref-7', 11);
    expect(await store.first('base')).toBeNull();
    expect(await store.known(['1', '2'])).toEqual(new Set(['1']));
    await store.put(item('1'), 12);
    expect(await store.first('base')).toMatchObject({
      reference: 'ref-7',
      state: 'waiting',
      createdAt: 10,
      attempts: 0,
    });
  });

  it('that were put again while they were carried are not taken for done', async () => {
    await store.put(item('1'), 10);
    const carried = (await store.first('base'))!;
    await store.put(item('1', { payload: '{"note":"later"}' }), 11);
    await store.done(carried, 'ref', 12);
    expect(await store.first('base')).toMatchObject({ payload: '{"note":"later"}', reference: 'ref' });
  });

  it('that are refused wait for the user’s word', async () => {
    await store.put(item('1'), 10);
    const error = { code: 'delivery.refused' as const, values: { host: 'x' }, detail: null };
    await store.failed((await store.first('base'))!, error, { state: 'refused', at: 20 });
    expect(await store.first('base')).toBeNull();
    expect(await store.open(5)).toMatchObject([{ state: 'refused', attempts: 1, error }]);
    await store.retry([], 30);
    expect(await store.first('base')).toMatchObject({ state: 'waiting', nextAt: 30 });
    await store.drop([(await store.first('base'))!.id]);
    expect(await store.counts()).toEqual({ waiting: 0, refused: 0 });
    // Nobody puts it again because it seems to have been forgotten.
    expect(await store.known(['1'])).toEqual(new Set(['1']));
  });

  it('that are dropped while they are carried stay dropped, however that ends', async () => {
    for (const key of ['1', '2']) await store.put(item(key), 10);
    const [one, other] = await store.open(10);
    await store.drop([one!.id, other!.id]);
    const error = { code: 'delivery.failed' as const, values: {}, detail: null };
    await store.failed(one!, error, { state: 'waiting', at: 20 });
    await store.done(other!, 'doc', 20);
    expect(await store.counts()).toEqual({ waiting: 0, refused: 0 });
    expect(await store.first('base')).toBeNull();
    await store.put(item('2'), 30);
    expect(await store.first('base')).toMatchObject({ key: '2', reference: 'doc' });
  });

  it('that were done long ago are forgotten, and those of a target with it', async () => {
    await store.put(item('1'), 10);
    await store.done((await store.first('base'))!, null, 11);
    await store.put(item('2'), 12);
    await store.prune(12);
    expect(await store.known(['1', '2'])).toEqual(new Set(['2']));
    await store.dropTarget('base');
    expect(await store.known(['2'])).toEqual(new Set());
  });
});

it('what tells of a call that is erased is told to nobody any more', async () => {
  const database = openDatabase();
  const store = new SqliteDeliveryStore({ database });
  await new SqliteCallLog({ database }).record(callRecordOf({ id: 'call-1' }));
  await store.put(item('journal-1:call-1'), 10);
  await store.put(item('action-1:end:call-1'), 10);
  await store.put(item('journal-1:call-2'), 10);
  await database.execute("DELETE FROM call_record WHERE id = 'call-1'");
  expect((await store.open(5)).map(({ key }) => key)).toEqual(['journal-1:call-2']);
});

describe('the outbox', () => {
  let clock: FakeClock;
  let store: MemoryDeliveryStore;
  let outbox: DurableOutbox;
  let carried: string[];
  let fails: (item: OutboxItem) => Error | null;
  const settle = async () => {
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  };
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await settle();
  };
  const start = () => {
    const started = new DurableOutbox({ store, clock, logger: silentLogger, random: () => 0.5 });
    for (const kind of ['onec', 'webhook'] as const)
      started.carry(kind, async (each) => {
        const failure = fails(each);
        if (failure) throw failure;
        carried.push(each.key);
        return { reference: `ref-${each.key}` };
      });
    return started;
  };

  beforeEach(() => {
    clock = new FakeClock();
    store = new MemoryDeliveryStore();
    carried = [];
    fails = () => null;
    outbox = start();
  });
  afterEach(() => outbox.stop());

  it('carries what is put, in order, and tells how many wait', async () => {
    const counts: unknown[] = [];
    outbox.onChanged((change) => counts.push(change));
    await outbox.put(item('1'));
    await outbox.put(item('2'));
    await pass(0);
    expect(carried).toEqual(['1', '2']);
    expect(counts.at(-1)).toEqual({ waiting: 0, refused: 0 });
  });

  it('tries again later and later while the other side is down, the oldest first, and never twice', async () => {
    fails = () => new OffhookError('delivery.unreachable', { values: { host: '1c' } });
    for (const key of ['1', '2', '3']) await outbox.put(item(key));
    await pass(0);
    const tries = vi.fn(fails);
    fails = tries;
    await pass(5000);
    await pass(15_000);
    await pass(60_000);
    expect(tries.mock.calls.map(([each]) => each.key)).toEqual(['1', '1', '1']);
    // A week of it: an attempt an hour.
    for (let hour = 0; hour < 7 * 24; hour += 1) await pass(3_600_000);
    expect(tries.mock.calls.length).toBeLessThan(7 * 24 + 10);
    fails = () => null;
    await pass(3_600_000);
    expect(carried).toEqual(['1', '2', '3']);
  });

  it('lets a target that is down hold up no other', async () => {
    fails = ({ targetId }) => (targetId === 'base' ? new OffhookError('delivery.unreachable') : null);
    await outbox.put(item('1'));
    await outbox.put(item('2', { targetId: 'hook', kind: 'webhook' }));
    await pass(0);
    expect(carried).toEqual(['2']);
  });

  it('sets aside what the other side will never take, and goes on', async () => {
    fails = ({ key }) => (key === '1' ? new OffhookError('delivery.refused', { values: { host: '1c' } }) : null);
    await outbox.put(item('1'));
    await outbox.put(item('2'));
    await pass(0);
    expect(carried).toEqual(['2']);
    expect(await outbox.list()).toMatchObject({
      total: 1,
      deliveries: [{ state: 'refused', attempts: 1, nextAt: null }],
    });
    fails = () => null;
    await outbox.retry([]);
    await pass(0);
    expect(carried).toEqual(['2', '1']);
  });

  it('leaves the other side alone for as long as it asks', async () => {
    fails = () => new OffhookError('delivery.failed', { values: { retryAfter: 120 } });
    await outbox.put(item('1'));
    await pass(0);
    fails = () => null;
    await pass(119_000);
    expect(carried).toEqual([]);
    await pass(1000);
    expect(carried).toEqual(['1']);
  });

  it('gives a delivery that hangs a minute', async () => {
    let aborted = false;
    outbox.carry(
      'onec',
      (_item, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new OffhookError('delivery.failed'));
          }),
        ),
    );
    await outbox.put(item('1'));
    await pass(0);
    expect(await outbox.list()).toMatchObject({ deliveries: [{ state: 'trying' }] });
    await pass(60_000);
    expect(aborted).toBe(true);
    expect(await outbox.list()).toMatchObject({ deliveries: [{ state: 'waiting', attempts: 1 }] });
  });

  it('remembers what was carried although the disk takes nothing at that moment', async () => {
    const done = vi.spyOn(store, 'done').mockRejectedValueOnce(new OffhookError('storage.full'));
    await outbox.put(item('1'));
    await pass(0);
    await pass(5000);
    expect(done).toHaveBeenCalledTimes(2);
    expect(carried).toEqual(['1']);
  });

  it('keeps asking a full disk to keep what is put', async () => {
    vi.spyOn(store, 'put').mockRejectedValueOnce(new OffhookError('storage.full'));
    const put = outbox.put(item('1'));
    await settle();
    await pass(5000);
    await put;
    await pass(0);
    expect(carried).toEqual(['1']);
  });

  it('carries everything once, whatever fails and however often it is started anew', async () => {
    const step = fc.constantFrom('put', 'down', 'up', 'restart', 'wait');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await outbox.stop();
        store = new MemoryDeliveryStore();
        carried = [];
        fails = () => null;
        outbox = start();
        let count = 0;
        for (const each of steps) {
          if (each === 'put') await outbox.put(item(String(++count)));
          if (each === 'down') fails = () => new OffhookError('delivery.unreachable');
          if (each === 'up') fails = () => null;
          if (each === 'wait') await pass(60_000);
          if (each !== 'restart') continue;
          await outbox.stop();
          outbox = start();
          await outbox.start();
        }
        fails = () => null;
        await pass(3_700_000);
        await pass(3_700_000);
        expect(carried).toEqual(Array.from({ length: count }, (_one, index) => String(index + 1)));
      }),
      { numRuns: 60 },
    );
  });
});
