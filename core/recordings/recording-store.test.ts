import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { FileRecordingStore, recordingsSchema } from './file-recording-store.ts';
import { MemoryRecordingStore } from './memory-recording-store.ts';
import { NodeRecordingFiles } from './node-recording-files.ts';
import type { RecordingFiles, RecordingWriter } from './recording-files.ts';
import type { NewRecording, RecordingStore } from './recording-store.ts';

const startedAt = Date.UTC(2026, 0, 31, 23, 59);
const bytes = (...values: number[]) => new Uint8Array(values);

function newRecording(part: Partial<NewRecording> = {}): NewRecording {
  return { id: randomUUID(), callId: 'call', source: 'computer', mediaType: 'audio/webm', startedAt, ...part };
}

interface Bench {
  store: RecordingStore;
  /** As after a crash: the same data, seen by a new program. */
  restart(): RecordingStore;
  /** Somebody deletes the file. */
  lose(recording: NewRecording): void;
}

async function make(store: RecordingStore, part: Partial<NewRecording> = {}): Promise<NewRecording> {
  const recording = newRecording(part);
  await store.begin(recording);
  await store.append(recording.id, 0, bytes(1, 2, 3));
  await store.finish(recording.id, { durationMilliseconds: 700, peaks: bytes(9, 8) });
  return recording;
}

function describeRecordingStore(name: string, open: () => Bench): void {
  describe(`a recording store ${name}`, () => {
    it('gives back what was written, piece by piece, and what is known of it', async () => {
      const { store } = open();
      const recording = newRecording();
      await store.begin(recording);
      expect(await store.list('call')).toEqual([
        { ...recording, state: 'recording', bytes: 0, durationMilliseconds: null },
      ]);
      const written = [bytes(1, 2, 3), bytes(4, 5), bytes(6)];
      const offsets = [0, 3, 5];
      await Promise.all(written.map((piece, at) => store.append(recording.id, offsets[at]!, piece)));
      await store.finish(recording.id, { durationMilliseconds: 1500, peaks: bytes(7, 7) });
      expect(await store.list('call')).toEqual([
        { ...recording, state: 'complete', bytes: 6, durationMilliseconds: 1500 },
      ]);
      expect(await store.read(recording.id, 0, 4)).toEqual({ chunk: bytes(1, 2, 3, 4), bytes: 6 });
      expect(await store.read(recording.id, 4, 4)).toEqual({ chunk: bytes(5, 6), bytes: 6 });
      expect(await store.read(recording.id, 99, 4)).toEqual({ chunk: bytes(), bytes: 6 });
      expect(new Uint8Array((await store.peaks(recording.id))!)).toEqual(bytes(7, 7));
    });

    it('takes a recording of the PBX by the same steps, and its wave form later', async () => {
      const { store } = open();
      const recording = newRecording({ source: 'pbx', mediaType: 'audio/mpeg' });
      await store.begin(recording);
      await store.append(recording.id, 0, bytes(1));
      await store.finish(recording.id, { durationMilliseconds: null, peaks: null });
      expect(await store.list('call')).toMatchObject([
        { source: 'pbx', mediaType: 'audio/mpeg', durationMilliseconds: null },
      ]);
      expect(await store.peaks(recording.id)).toBeNull();
      await store.savePeaks(recording.id, bytes(3, 4));
      expect(new Uint8Array((await store.peaks(recording.id))!)).toEqual(bytes(3, 4));
    });

    it('refuses a piece that is not the next one, and goes on with the one that is', async () => {
      const { store } = open();
      const { id } = newRecording();
      await store.begin(newRecording({ id }));
      await store.append(id, 0, bytes(1, 2));
      await expect(store.append(id, 0, bytes(1, 2))).rejects.toMatchObject({ code: 'bridge.invalid-arguments' });
      await expect(store.append(id, 3, bytes(1, 2))).rejects.toMatchObject({ code: 'bridge.invalid-arguments' });
      await store.append(id, 2, bytes(3));
      expect(await store.read(id, 0, 9)).toEqual({ chunk: bytes(1, 2, 3), bytes: 3 });
      await store.remove(id);
    });

    it('takes nothing more once it is finished, and nothing for what it does not know', async () => {
      const { store } = open();
      const { id } = await make(store);
      const unknown = { code: 'recording.unknown' };
      await expect(store.append(id, 3, bytes(1))).rejects.toMatchObject(unknown);
      await expect(store.finish(id, { durationMilliseconds: 1, peaks: null })).rejects.toMatchObject(unknown);
      await expect(store.read(randomUUID(), 0, 1)).rejects.toMatchObject(unknown);
      await expect(store.savePeaks(randomUUID(), bytes(1, 1))).rejects.toMatchObject(unknown);
      await expect(store.remove(randomUUID())).rejects.toMatchObject(unknown);
    });

    it('keeps nothing of a recording into which nothing came', async () => {
      const { store } = open();
      const recording = newRecording();
      await store.begin(recording);
      await store.finish(recording.id, { durationMilliseconds: 0, peaks: null });
      expect(await store.list('call')).toEqual([]);
      expect(await store.totals()).toEqual({ count: 0, bytes: 0 });
    });

    it('says that a file has vanished, in the list and when it is played', async () => {
      const { store, lose } = open();
      const recording = await make(store);
      lose(recording);
      await expect(store.read(recording.id, 0, 1)).rejects.toMatchObject({ code: 'recording.missing' });
      expect(await store.list('call')).toMatchObject([
        { id: recording.id, state: 'missing', durationMilliseconds: 700 },
      ]);
      expect(await store.totals()).toEqual({ count: 0, bytes: 0 });
    });

    it('ends what a crash left open, as far as it came, and leaves alone what is being made', async () => {
      const before = open();
      const [cut, empty] = [newRecording(), newRecording()];
      await before.store.begin(cut);
      await before.store.append(cut.id, 0, bytes(1, 2));
      await before.store.begin(empty);
      const store = before.restart();
      const current = newRecording({ callId: 'other' });
      await store.begin(current);
      expect(await store.closeLeftOpen()).toBe(2);
      expect(await store.list('call')).toMatchObject([{ id: cut.id, state: 'complete', bytes: 2 }]);
      expect(await store.list('other')).toMatchObject([{ state: 'recording' }]);
      expect(await store.read(cut.id, 0, 9)).toEqual({ chunk: bytes(1, 2), bytes: 2 });
      expect(await store.closeLeftOpen()).toBe(0);
      await store.remove(current.id);
    });

    it('removes what belongs to some calls, even while it is being made', async () => {
      const { store } = open();
      const [kept] = [
        await make(store, { callId: 'a' }),
        await make(store, { callId: 'b' }),
        await make(store, { callId: 'b' }),
      ];
      const live = newRecording({ callId: 'c' });
      await store.begin(live);
      await store.append(live.id, 0, bytes(1));
      expect(await store.removeOf(['b', 'c', 'never'])).toBe(3);
      expect(await store.removeOf([])).toBe(0);
      expect(await store.list('b')).toEqual([]);
      await expect(store.append(live.id, 1, bytes(1))).rejects.toMatchObject({ code: 'recording.unknown' });
      expect(await store.list('a')).toMatchObject([{ id: kept.id, state: 'complete' }]);
      expect(await store.totals()).toEqual({ count: 1, bytes: 3 });
    });

    it('knows how much there is, and what is older than a moment', async () => {
      const { store } = open();
      const old = await make(store, { startedAt: 1000, callId: 'a' });
      const older = await make(store, { startedAt: 500, callId: 'b' });
      await make(store, { startedAt: 2000, callId: 'c' });
      expect((await store.olderThan(2000)).map(({ id }) => id)).toEqual([older.id, old.id]);
      expect(await store.totals()).toEqual({ count: 3, bytes: 9 });
    });

    it('tells of which calls something changed', async () => {
      const { store } = open();
      const heard: string[] = [];
      store.onChanged((callIds) => heard.push(...callIds));
      const { id } = await make(store, { callId: 'a' });
      await store.remove(id);
      expect(heard).toEqual(['a', 'a', 'a']);
    });
  });
}

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
    const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
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
