import { expect, it } from 'vitest';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { MemoryCallLog } from '#core/call-log/memory-call-log.ts';
import { listAll } from './list-all.ts';

async function logOf(count: number, offeredAt: (index: number) => number): Promise<MemoryCallLog> {
  const log = new MemoryCallLog();
  for (let index = 0; index < count; index += 1)
    await log.record(callRecordOf({ id: `call-${index}`, offeredAt: offeredAt(index) }));
  return log;
}

it('gives each call once, however many answers it takes', async () => {
  const log = await logOf(3500, (index) => 1_000_000 + Math.floor(index / 3));
  const ids = (await listAll((period) => log.list(period))).map(({ id }) => id);
  expect(ids).toHaveLength(3500);
  expect(new Set(ids).size).toBe(3500);
});

it('says so when more calls began in one millisecond than one answer holds', async () => {
  const log = await logOf(1001, () => 1_000_000);
  await expect(listAll((period) => log.list(period))).rejects.toThrow('more than 1000 calls');
});
