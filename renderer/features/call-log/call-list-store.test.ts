import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { CallPage } from '#contract/ipc/index.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { useDialStore } from '#renderer/features/call/dial-store.ts';
import { sampleYears } from '#renderer/gallery/call-log-samples.ts';
import { sampleNumber, samplePerson } from '#renderer/gallery/people-samples.ts';
import { sampleLoggedCall, sampleRecord } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useCallFilterStore } from './call-filter-store.ts';
import { useCallListStore } from './call-list-store.ts';

async function build(count: number) {
  const window = testWindow({ ...emptyState(), records: sampleYears(count) });
  const [list, dial, filters] = window.run(() => [useCallListStore(), useDialStore(), useCallFilterStore()]);
  await list.load();
  const ids = () => list.calls.map(({ record }) => record.id);
  return { ...window, list, dial, filters, ids };
}

async function typed(): Promise<void> {
  await settle();
  await vi.advanceTimersByTimeAsync(50);
  await settle();
}

describe('the list of calls', () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 10, 22, 12) }));
  afterEach(() => void vi.useRealTimers());

  it('loads a page at a time, each call once', async () => {
    const { list, ids } = await build(950);
    expect(list.calls).toHaveLength(100);
    while (list.calls.length < 950) await list.more();
    await list.more();
    expect(new Set(ids()).size).toBe(950);
  });

  it('asks within 50 ms of the last key, once for what was typed quickly', async () => {
    const { dial, list, commands } = await build(30);
    const before = commands('callLog.query').length;
    for (const key of 'абон') {
      dial.press(key);
      await settle();
    }
    await typed();
    expect(commands('callLog.query').slice(before)).toEqual([{ filter: { text: 'абон' }, limit: 100 }]);
    expect(list.count).toBe(list.calls.length);
  });

  it('keeps what it shows until the new answer comes, and takes the latest one alone', async () => {
    const { bridge, filters, list, ids } = await build(5);
    const answers: ((page: CallPage) => void)[] = [];
    bridge.answer('callLog.query', () => new Promise((resolve) => answers.push(resolve)));
    filters.change({ direction: 'incoming' });
    await settle();
    filters.change({ direction: 'outgoing' });
    await settle();
    expect(ids()).toHaveLength(5);
    answers[1]!({ calls: [sampleLoggedCall({ id: 'latest' })], next: null });
    answers[0]!({ calls: [sampleLoggedCall({ id: 'stale' })], next: null });
    await settle();
    expect(ids()).toEqual(['latest']);
    expect(list.busy).toBe(false);
  });

  it('puts a call that comes in at its place, and shows how it ended in the same place', async () => {
    const { bridge, list, ids } = await build(5);
    const record = sampleRecord({ id: 'new', offeredAt: Date.now() + 1, endedAt: null, disposition: null });
    bridge.emit('callLog.recorded', { record });
    await settle();
    expect(ids()[0]).toBe('new');
    bridge.emit('callLog.recorded', { record: { ...record, endedAt: Date.now(), disposition: 'answered' } });
    await settle();
    expect(ids()).toHaveLength(6);
    expect(list.calls[0]?.record.disposition).toBe('answered');
  });

  it('leaves out a new call that its filter does not let through', async () => {
    const { bridge, filters, ids } = await build(12);
    filters.show({ direction: 'outgoing' });
    await settle();
    const before = ids();
    bridge.emit('callLog.recorded', {
      record: sampleRecord({ id: 'in', offeredAt: Date.now(), direction: 'incoming' }),
    });
    await settle();
    expect(ids()).toEqual(before);
  });

  it('lets a missed call go from the list of open ones once it is handled', async () => {
    const { bridge, filters, list, ids } = await build(12);
    filters.show({ missedOpen: true });
    await settle();
    const [first, ...rest] = ids();
    await bridge.call('callLog.annotate', { callId: first!, patch: { handled: true } });
    await settle();
    expect(ids()).toEqual(rest);
    expect(list.count).toBe(rest.length);
  });

  it('looks once more at what changed while it was asking', async () => {
    const { bridge, filters, list } = await build(5);
    const stale = structuredClone(list.calls[0]!);
    let answer: (page: CallPage) => void = () => {};
    const whole = new Promise<CallPage>((resolve) => (answer = resolve));
    const changed = { ...stale, annotation: null, person: { id: 'p', name: 'Ольга' } };
    bridge.answer('callLog.query', ({ filter }) =>
      filter.to === undefined ? whole : { calls: [changed], next: null },
    );
    filters.show({ direction: stale.record.direction });
    await settle();
    bridge.emit('callLog.annotated', { call: changed });
    answer({ calls: [stale], next: null });
    await settle();
    expect(list.calls[0]?.person?.name).toBe('Ольга');
  });

  it('shows a number by the name that it was just given', async () => {
    const { bridge, list } = await build(3);
    const { partyKey } = list.calls[1]!.record;
    await bridge.call('people.name', { partyKey: partyKey!, name: 'Ольга' });
    expect(list.calls[1]?.person?.name).toBe('Ольга');
    expect(list.calls[0]?.person).toBeNull();
  });

  it('keeps its rows when the log cannot be read, says why, and goes on when asked again', async () => {
    const { bridge, filters, list, ids } = await build(20);
    bridge.state.broken = ['callLog.query'];
    filters.show({ direction: 'incoming' });
    await settle();
    expect(list.error?.code).toBe('storage.failed');
    expect(ids()).toHaveLength(20);
    bridge.state.broken = [];
    await list.retry();
    expect(list.error).toBeNull();
    expect(list.calls.every(({ record }) => record.direction === 'incoming')).toBe(true);
  });

  it('is whole again after the first question failed', async () => {
    const { bridge, list } = await build(0);
    bridge.answer('callLog.query', () => {
      throw new OffhookError('storage.failed');
    });
    await list.load();
    expect(list.error?.code).toBe('storage.failed');
  });

  it('answers to its controls when the agent is back, also where they changed while it was away', async () => {
    const { bridge, filters, list } = await build(20);
    bridge.state.broken = ['callLog.query'];
    filters.show({ direction: 'incoming' });
    await settle();
    bridge.state.broken = [];
    await list.load();
    expect(list.error).toBeNull();
    expect(list.calls.every(({ record }) => record.direction === 'incoming')).toBe(true);
  });

  it('names calls anew when the directories have changed, and keeps every row in its place', async () => {
    const { list, bridge, ids } = await build(300);
    await list.more();
    const before = ids();
    const { partyKey, display } = list.calls[2]!.record;
    bridge.state.people = [samplePerson({ name: 'Ольга Демидова', numbers: [sampleNumber(partyKey!, display)] })];
    bridge.emit('people.changed', { version: 2, total: 1 });
    await settle();
    expect(list.calls[2]!.person?.name).toBe('Ольга Демидова');
    expect(ids()).toEqual(before);
  });
});
