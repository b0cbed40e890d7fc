import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Recording } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { fromBase64, toBase64 } from '#renderer/media/base64.ts';

/** Recordings of the calls that were asked for, and which calls this window is to record. */
export const useRecordingsStore = defineStore('recordings', () => {
  const bridge = useBridge();
  const known = ref(new Map<string, Recording[]>());
  /** How many on the screen show each call. */
  const shown = new Map<string, number>();
  /** Calls that this window is to record; a new set each time it changes. */
  const wanted = ref<ReadonlySet<string>>(new Set());
  /** The recording that sounds: one at a time. */
  const playingId = ref<string | null>(null);

  const ofCall = (callId: string): readonly Recording[] => known.value.get(callId) ?? [];
  /** The one that is being made now, in whatever window. */
  const underway = (callId: string) => ofCall(callId).find(({ state }) => state === 'recording') ?? null;

  async function load(callId: string): Promise<void> {
    const list = await bridge.call('recordings.list', { callId });
    if (shown.has(callId)) known.value.set(callId, list);
  }

  /** From now on the recordings of this call are kept up to date, until as many have hidden as have shown it. */
  async function show(callId: string): Promise<void> {
    shown.set(callId, (shown.get(callId) ?? 0) + 1);
    await load(callId);
  }

  function hide(callId: string): void {
    const left = (shown.get(callId) ?? 0) - 1;
    if (left > 0) return void shown.set(callId, left);
    shown.delete(callId);
    known.value.delete(callId);
  }

  const renew = (callIds: Iterable<string>) => {
    // What the agent cannot tell now is asked for again with the next change, or when it is back.
    for (const callId of callIds) load(callId).catch(() => null);
  };
  bridge.on('recordings.changed', ({ callIds }) => renew(callIds.filter((callId) => shown.has(callId))));
  bridge.on('records.replaced', () => renew([...shown.keys()]));
  bridge.onConnection((state) => {
    if (state === 'open') renew([...shown.keys()]);
  });

  function start(callId: string): void {
    wanted.value = new Set([...wanted.value, callId]);
  }

  function stop(callId: string): void {
    if (wanted.value.has(callId)) wanted.value = new Set([...wanted.value].filter((id) => id !== callId));
  }

  /** The whole file. Rejects with `recording.missing` where it is gone. */
  async function read({ id, mediaType }: Recording): Promise<Blob> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const { chunk, next }: { chunk: string; next: number | null } = await bridge.call('recordings.read', {
        recordingId: id,
        offset,
      });
      pieces.push(fromBase64(chunk));
      offset = next;
    }
    return new Blob(pieces, { type: mediaType });
  }

  async function peaks({ id }: Recording): Promise<Uint8Array | null> {
    const stored = (await bridge.call('recordings.peaks', { recordingId: id })).peaks;
    return stored === null ? null : fromBase64(stored);
  }

  async function savePeaks({ id }: Recording, wave: Uint8Array): Promise<void> {
    await bridge.call('recordings.savePeaks', { recordingId: id, peaks: toBase64(wave) });
  }

  async function remove({ id }: Recording): Promise<void> {
    await bridge.call('recordings.remove', { recordingId: id });
  }

  return { wanted, playingId, ofCall, underway, show, hide, start, stop, read, peaks, savePeaks, remove };
});
