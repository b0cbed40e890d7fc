import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { putItem as item } from './delivery.test-support.ts';
import { DurableOutbox } from './durable-outbox.ts';
import { MemoryDeliveryStore } from './memory-delivery-store.ts';
import type { OutboxItem } from './outbox.ts';

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

  it('takes no delivery that hangs for one that breaks its carrier, whatever it says when it is ended', async () => {
    const hangs = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
      );
    outbox.carry('onec', (_item, signal) => hangs(signal));
    await outbox.put(item('1'));
    for (let attempt = 0; attempt < 20; attempt += 1) await pass(3_960_000);
    expect(await outbox.list()).toMatchObject({ deliveries: [{ error: { code: 'delivery.failed' } }] });
    expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
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
