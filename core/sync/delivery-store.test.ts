import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { callLogSchema } from '#core/call-log/call-log-schema.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { SqliteCallLog } from '#core/call-log/sqlite-call-log.ts';
import { peopleSchema } from '#core/contacts/people/people-schema.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { putItem as item } from './delivery.test-support.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { DurableOutbox } from './durable-outbox.ts';
import { MemoryDeliveryStore } from './memory-delivery-store.ts';
import { outboxSchema } from './outbox-schema.ts';
import { SqliteDeliveryStore } from './sqlite-delivery-store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-outbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

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

  it('that break their carrier again and again are set aside, so that those behind them go on', async () => {
    const clock = new FakeClock();
    const outbox = new DurableOutbox({ store, clock, logger: silentLogger, random: () => 0.5 });
    const carried: string[] = [];
    let outages = 2;
    outbox.carry('onec', async ({ key }) => {
      if (outages-- > 0) throw new OffhookError('delivery.unreachable');
      if (key === 'poisoned') throw new TypeError('x is not a function');
      carried.push(key);
      return { reference: null };
    });
    for (const key of ['poisoned', 'next']) await outbox.put(item(key));
    const next = async () => {
      clock.advance(3_960_000);
      // The timer began it; what it does on the disk is waited for.
      await outbox.settled();
    };
    for (let attempt = 1; attempt <= 4; attempt += 1) await next();
    expect(await store.first('base')).toMatchObject({ key: 'poisoned', attempts: 4 });
    await next();
    expect(carried).toEqual(['next']);
    const error = { code: 'internal.bug', detail: 'x is not a function' };
    expect(await store.open(5)).toMatchObject([{ key: 'poisoned', state: 'refused', attempts: 5, error }]);
    await outbox.retry([]);
    await next();
    expect(await store.counts()).toEqual({ waiting: 0, refused: 1 });
    await outbox.stop();
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
