import { expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { CallRecord } from '#contract/ipc/index.ts';
import { answered, memoryDesk, missed } from './call-archive.test-support.ts';
import { MemoryCallLog } from './memory-call-log.ts';
import { WaitingCallArchive } from './waiting-call-archive.ts';

async function desk() {
  const { log, archive, people } = memoryDesk();
  const kept: CallRecord[] = [];
  await log.record(answered(0));
  const shown = new WaitingCallArchive({ archive, waiting: () => kept, people });
  const ids = async (filter = {}) =>
    (await shown.query({ filter, after: null, limit: 10 })).calls.map(({ record }) => record.id);
  return { log: log as MemoryCallLog, kept, shown, ids };
}

it('shows what waits for the disk before what is on it, by the same filter', async () => {
  const { kept, shown, ids } = await desk();
  kept.push(missed(1), answered(2));
  expect(await ids()).toEqual(['call-2', 'call-1', 'call-0']);
  expect(await ids({ missedOpen: true })).toEqual(['call-1']);
  expect(await shown.count({})).toBe(3);
  expect((await shown.get('call-1'))?.record.disposition).toBe('missed');
});

it('keeps the order of time where what waits began before what is on the disk', async () => {
  const { log, kept, ids } = await desk();
  await log.record(answered(5));
  kept.push(answered(3), answered(7));
  expect(await ids()).toEqual(['call-7', 'call-5', 'call-3', 'call-0']);
});

it('shows a call once that waits with its end while its beginning is on the disk', async () => {
  const { kept, shown, ids } = await desk();
  kept.push(answered(0));
  expect(await ids()).toEqual(['call-0']);
  expect(await shown.count({})).toBe(1);
});

it('keeps the note of a call in sight whose end waits', async () => {
  const { kept, shown } = await desk();
  await shown.annotate('call-0', { note: 'Просит счёт' });
  kept.push(answered(0, { endedAt: answered(0).endedAt! + 1000 }));
  const [listed] = (await shown.query({ filter: {}, after: null, limit: 10 })).calls;
  for (const call of [listed, await shown.get('call-0')]) {
    expect(call).toMatchObject({ annotation: { note: 'Просит счёт' }, record: { endedAt: kept[0]!.endedAt } });
  }
});

it('still shows what waits when the disk cannot be read at all', async () => {
  const { log, kept, shown, ids } = await desk();
  kept.push(missed(1));
  log.failure = new OffhookError('storage.read-only');
  expect(await ids()).toEqual(['call-1']);
  // But it does not take what it cannot read for the end of the list.
  await expect(shown.query({ filter: {}, after: '1', limit: 10 })).rejects.toMatchObject({ code: 'storage.read-only' });
});
