import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewRecording, RecordingStore } from './recording-store.ts';

const startedAt = Date.UTC(2026, 0, 31, 23, 59);
export const bytes = (...values: number[]) => new Uint8Array(values);

export function newRecording(part: Partial<NewRecording> = {}): NewRecording {
  return { id: randomUUID(), callId: 'call', source: 'computer', mediaType: 'audio/webm', startedAt, ...part };
}

export interface Bench {
  store: RecordingStore;
  /** As after a crash: the same data, seen by a new program. */
  restart(): RecordingStore;
  /** Somebody deletes the file. */
  lose(recording: NewRecording): void;
}

export async function make(store: RecordingStore, part: Partial<NewRecording> = {}): Promise<NewRecording> {
  const recording = newRecording(part);
  await store.begin(recording);
  await store.append(recording.id, 0, bytes(1, 2, 3));
  await store.finish(recording.id, { durationMilliseconds: 700, peaks: bytes(9, 8) });
  return recording;
}

/** What every recording store promises. */
export function describeRecordingStore(name: string, open: () => Bench): void {
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

    it('is being made until it is known how it ended', async () => {
      const { store } = open();
      const recording = newRecording();
      await store.begin(recording);
      await store.append(recording.id, 0, bytes(1));
      const finished = store.finish(recording.id, { durationMilliseconds: 700, peaks: null });
      const seen: (number | null)[] = [];
      for (let ended = false; !ended; void finished.then(() => (ended = true))) {
        const [now] = await store.list('call');
        if (now!.state === 'complete') seen.push(now!.durationMilliseconds);
      }
      expect(new Set([...seen, (await store.list('call'))[0]!.durationMilliseconds])).toEqual(new Set([700]));
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
