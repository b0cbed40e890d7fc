import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { FileRecordingStore, recordingsSchema } from '#core/recordings/file-recording-store.ts';
import { MemoryRecordingStore } from '#core/recordings/memory-recording-store.ts';
import { NodeRecordingFiles } from '#core/recordings/node-recording-files.ts';
import type { RecordingFiles, RecordingWriter } from '#core/recordings/recording-files.ts';
import type { NewRecording } from '#core/recordings/recording-store.ts';
import { bytes, describeRecordingStore, make, newRecording } from '#core/recordings/recording-store.test-support.ts';

/** Files of which a test makes the writers itself. */
function wrapped(files: RecordingFiles, create: RecordingFiles['create']): RecordingFiles {
  return {
    create,
    look: (file) => files.look(file),
    read: (file, offset, length) => files.read(file, offset, length),
    remove: (file) => files.remove(file),
  };
}

describeRecordingStore('in memory', () => {
  const store = new MemoryRecordingStore();
  return { store, restart: () => store.restart(), lose: ({ id }) => store.lose(id) };
});

describe('FileRecordingStore', () => {
  let directory: string;
  let folder: string;
  let database: WorkerDatabase;
  const fileOf = ({ id, startedAt: at }: NewRecording, extension = 'webm') => {
    const [year, month] = new Date(at).toISOString().split('-');
    return path.join(folder, year!, month!, `${id}.${extension}`);
  };
  const openStore = (files: RecordingFiles = new NodeRecordingFiles(folder)) =>
    new FileRecordingStore({ files, database });

  beforeAll(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-recordings-'));
    const workerEntry = new URL('../../core/storage/storage-worker.ts', import.meta.url);
    const file = path.join(directory, 'x.sqlite');
    database = new WorkerDatabase({ file, parts: [recordingsSchema], workerEntry, clock: systemClock });
  });
  beforeEach(async () => {
    await database.execute('DELETE FROM recording');
    folder = mkdtempSync(path.join(directory, 'recordings-'));
  });
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  describeRecordingStore('on the disk', () => {
    const files = new NodeRecordingFiles(folder);
    const writers: RecordingWriter[] = [];
    const create = async (file: string) => {
      const writer = await files.create(file);
      writers.push(writer);
      return writer;
    };
    return {
      store: openStore(wrapped(files, create)),
      restart() {
        // As the system does for a program that died.
        for (const writer of writers) void writer.close();
        return openStore();
      },
      lose: (recording) => rmSync(fileOf(recording)),
    };
  });

  it('keeps each recording by month in a file for the user alone, and finds it again', async () => {
    const recording = await make(openStore());
    expect([...readFileSync(path.join(folder, '2026', '01', `${recording.id}.webm`))]).toEqual([1, 2, 3]);
    if (process.platform !== 'win32') {
      expect(statSync(fileOf(recording)).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(fileOf(recording))).mode & 0o777).toBe(0o700);
    }
    expect(await openStore().list('call')).toMatchObject([{ id: recording.id, state: 'complete' }]);
  });

  it('shows a recording again when its file is back', async () => {
    const store = openStore();
    const recording = await make(store);
    rmSync(fileOf(recording));
    expect(await store.list('call')).toMatchObject([{ state: 'missing', bytes: 3 }]);
    writeFileSync(fileOf(recording), 'back');
    expect(await store.list('call')).toMatchObject([{ state: 'complete', bytes: 4 }]);
  });

  it.each(['../x.sqlite', '/etc/passwd', '2026/01/../../../x.sqlite', '2026\\01\\x', '2026/01/x.webm\0', ''])(
    'never follows a path of the index that leads elsewhere: %j',
    async (file) => {
      const store = openStore();
      const { id } = await make(store);
      await database.execute('UPDATE recording SET file = ?', [file]);
      expect(await store.list('call')).toMatchObject([{ state: 'missing' }]);
      await expect(store.read(id, 0, 100)).rejects.toMatchObject({ code: 'recording.missing' });
      await store.remove(id);
      expect(await store.list('call')).toEqual([]);
      expect(statSync(path.join(directory, 'x.sqlite')).isFile()).toBe(true);
    },
  );

  it('names files by its own ids alone', async () => {
    await expect(openStore().begin(newRecording({ id: '../../x' }))).rejects.toThrow();
    await expect(openStore().begin(newRecording({ id: 'A'.repeat(36) }))).rejects.toThrow();
  });

  it('keeps what was recorded when the disk is full, and says so', async () => {
    const files = new NodeRecordingFiles(folder);
    const full = async (file: string): Promise<RecordingWriter> => {
      const writer = await files.create(file);
      let left = 2;
      return {
        close: () => writer.close(),
        write: async (chunk) => {
          if (left-- > 0) return writer.write(chunk);
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        },
      };
    };
    const store = openStore(wrapped(files, full));
    const recording = newRecording();
    await store.begin(recording);
    const appended = [0, 1, 2, 3].map((offset) => store.append(recording.id, offset, bytes(offset)));
    const outcomes = await Promise.allSettled(appended);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(outcomes[3]).toMatchObject({ reason: { code: 'recording.disk-full' } });
    await store.finish(recording.id, { durationMilliseconds: 200, peaks: null });
    expect(await store.list('call')).toMatchObject([{ state: 'complete', bytes: 2, durationMilliseconds: 200 }]);
    expect(await store.read(recording.id, 0, 9)).toMatchObject({ chunk: bytes(0, 1) });
  });

  it('remembers how a recording ended until the database takes it', async () => {
    const store = openStore();
    const recording = newRecording();
    await store.begin(recording);
    await store.append(recording.id, 0, bytes(1));
    await database.execute("CREATE TRIGGER full BEFORE UPDATE ON recording BEGIN SELECT RAISE(ABORT, 'full'); END");
    await store.finish(recording.id, { durationMilliseconds: 900, peaks: bytes(5, 5) });
    expect(await store.list('call')).toMatchObject([{ state: 'complete', durationMilliseconds: 900 }]);
    expect(await store.peaks(recording.id)).toEqual(bytes(5, 5));
    await database.execute('DROP TRIGGER full');
    await store.list('call');
    expect(await openStore().list('call')).toMatchObject([{ state: 'complete', durationMilliseconds: 900 }]);
  });

  it('cannot begin where there is no folder and none can be made, and says why', async () => {
    writeFileSync(path.join(folder, '2026'), 'a file where the folder of the year should be');
    await expect(openStore().begin(newRecording())).rejects.toMatchObject({ code: 'recording.failed' });
    expect(await openStore().list('call')).toEqual([]);
  });

  it('finds the recordings of one call by their index', async () => {
    const plan = await database.query<{ detail: string }>(
      "EXPLAIN QUERY PLAN SELECT 1 FROM recording WHERE call_id = 'x'",
    );
    expect(plan.map(({ detail }) => detail).join()).toContain('recording_call');
  });
});
