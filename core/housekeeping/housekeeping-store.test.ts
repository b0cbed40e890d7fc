import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErasureReceipt } from '#contract/ipc/index.ts';
import { openDesk, type TestDesk } from './housekeeping.test-support.ts';
import type { HousekeepingStore } from './housekeeping-store.ts';
import { MemoryHousekeepingStore } from './memory-housekeeping-store.ts';
import { SqliteHousekeepingStore } from './sqlite-housekeeping-store.ts';

const erased = {
  calls: 1,
  notes: 0,
  followUps: 0,
  recordings: 0,
  recordingBytes: 0,
  numbers: 1,
  names: 1,
  favourites: 0,
};
const receipt = (id: string, at: number): ErasureReceipt => ({ id, at, erased, notReached: ['x'], state: 'cleaning' });

function describeStore(name: string, open: () => HousekeepingStore): void {
  describe(name, () => {
    it('remembers each fact until it is told to forget it', async () => {
      const store = open();
      expect(await store.read('check')).toBeNull();
      await store.write('check', { at: 5, sound: true });
      await store.write('check', { at: 6, sound: false });
      expect(await store.read('check')).toEqual({ at: 6, sound: false });
      await store.write('check', null);
      expect(await store.read('check')).toBeNull();
    });

    it('knows what was removed last', async () => {
      const store = open();
      expect(await store.lastRemoval()).toBeNull();
      await store.addRemoval({ at: 1, calls: 2, recordings: 3, recordingBytes: 4 });
      await store.addRemoval({ at: 0, calls: 5, recordings: 0, recordingBytes: 0 });
      expect(await store.lastRemoval()).toEqual({ at: 0, calls: 5, recordings: 0, recordingBytes: 0 });
    });

    it('keeps receipts, newest first, each in its last state', async () => {
      const store = open();
      for (const [id, at] of [
        ['a', 1],
        ['b', 3],
        ['c', 2],
      ] as const)
        await store.putReceipt(receipt(id, at));
      await store.putReceipt({ ...receipt('a', 1), state: 'done' });
      expect((await store.receipts()).map(({ id, state }) => [id, state])).toEqual([
        ['b', 'cleaning'],
        ['c', 'cleaning'],
        ['a', 'done'],
      ]);
    });
  });
}

describeStore('a store in memory', () => new MemoryHousekeepingStore());

describe('a store in SQLite', () => {
  let desk: TestDesk;
  beforeAll(() => void (desk = openDesk()));
  beforeEach(async () => {
    for (const table of ['housekeeping_fact', 'records_removal', 'erasure_receipt'])
      await desk.database.execute(`DELETE FROM ${table}`);
  });
  afterAll(async () => {
    await desk.close();
    desk.remove();
  });
  describeStore('behaves', () => new SqliteHousekeepingStore({ database: desk.database }));
});
