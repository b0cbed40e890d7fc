import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#core/foundation/index.ts';
import { recordingsSchema } from '#core/recordings/recordings-schema.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { MemoryRecordingShelf } from './memory-recording-shelf.ts';
import type { RecordingShelf } from './recording-shelf.ts';
import { SqliteRecordingShelf } from './sqlite-recording-shelf.ts';

const three = [
  { callId: 'a', startedAt: 1000, bytes: 10 },
  { callId: 'b', startedAt: 2000, bytes: 20 },
  { callId: 'b', startedAt: 3000, bytes: 40 },
];

function describeShelf(name: string, fill: () => Promise<RecordingShelf>): void {
  describe(name, () => {
    it('sums up all of them, and those before a moment', async () => {
      const shelf = await fill();
      expect(await shelf.totals()).toEqual({ count: 3, bytes: 70 });
      expect(await shelf.before(3000)).toEqual({ count: 2, bytes: 30 });
    });

    it('knows before when so many bytes lie', async () => {
      const shelf = await fill();
      expect([await shelf.timeOfOldest(10), await shelf.timeOfOldest(11), await shelf.timeOfOldest(71)]).toEqual([1001, 2001, null]);
    });

    it('removes the oldest first, no more than asked for', async () => {
      const shelf = await fill();
      expect(await shelf.removeBefore(5000, 2)).toEqual({ count: 2, bytes: 30 });
      expect(await shelf.totals()).toEqual({ count: 1, bytes: 40 });
      expect(await shelf.removeBefore(3000, 2)).toEqual({ count: 0, bytes: 0 });
    });

    it('counts and removes those of some calls, however many are named', async () => {
      const shelf = await fill();
      const ids = ['b', ...Array.from({ length: 1200 }, (_, index) => `x${index}`)];
      expect(await shelf.countOf(ids)).toEqual({ count: 2, bytes: 60 });
      expect(await shelf.removeOf(ids)).toEqual({ count: 2, bytes: 60 });
      expect(await shelf.totals()).toEqual({ count: 1, bytes: 10 });
    });
  });
}

describeShelf('a shelf in memory', async () => {
  const shelf = new MemoryRecordingShelf();
  shelf.recordings = [...three];
  return shelf;
});

describe('a shelf over the index of recordings', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-shelf-'));
  let database: WorkerDatabase;
  beforeAll(() => {
    const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
    database = new WorkerDatabase({ file: path.join(directory, 'x.sqlite'), parts: [recordingsSchema], workerEntry, clock: systemClock });
  });
  beforeEach(() => database.execute('DELETE FROM recording'));
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  async function fill(): Promise<SqliteRecordingShelf> {
    const insert = `INSERT INTO recording (id, call_id, source, file, media_type, started_at, bytes, state)
      VALUES (?, ?, 'computer', ?, 'audio/webm', ?, ?, ?)`;
    for (const [index, { callId, startedAt, bytes }] of three.entries())
      await database.execute(insert, [`r${index}`, callId, `2026/01/r${index}.webm`, startedAt, bytes, 'complete']);
    await database.execute(insert, ['now', 'b', '2026/01/now.webm', 500, 900, 'recording']);
    const remove = async (id: string) => void (await database.execute('DELETE FROM recording WHERE id = ?', [id]));
    return new SqliteRecordingShelf({ database, recordings: { remove }, folder: '/data/recordings' });
  }

  describeShelf('behaves', fill);

  it('leaves what is being made alone, and names the files of the others for a backup', async () => {
    const shelf = await fill();
    await shelf.removeOf(['b']);
    expect(await database.query("SELECT id FROM recording WHERE state = 'recording'")).toEqual([{ id: 'now' }]);
    expect(await shelf.files()).toEqual([{ name: '2026/01/r0.webm', path: path.join('/data/recordings', '2026/01/r0.webm') }]);
  });
});
