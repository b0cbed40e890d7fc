import { useEventListener, useRafFn } from '@vueuse/core';
import { computed, inject, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { InjectionKey } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { Recording } from '#contract/ipc/index.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';
import { decodeWave, isDrawable } from './decode-wave.ts';
import { openSound } from './open-sound.ts';
import { useRecordingsStore } from './recordings-store.ts';

/** What is played through; tests put their own in. */
export const createSoundKey: InjectionKey<() => HTMLMediaElement> = Symbol('create sound');

/** Plays one recording; its file is fetched when it is first played, sought in or saved. Seconds throughout. */
export function useRecordingPlayer(recording: Recording) {
  const [recordings, settings, calls] = [useRecordingsStore(), useSettingsStore(), useCallsStore()];
  const sound = inject(createSoundKey, () => () => new Audio(), true)();
  const error = ref<ErrorReport | null>(null);
  const loading = ref(false);
  const playing = ref(false);
  const position = ref(0);
  const speed = ref(1);
  const wave = shallowRef<Uint8Array | null>(null);
  const measured = ref<number | null>(null);
  const length = computed(() => measured.value ?? (recording.durationMilliseconds ?? 0) / 1000);
  let fetched: Promise<Blob> | null = null;
  let opened: Promise<void> | null = null;
  let address: string | null = null;
  let gone = false;

  const follow = () => (position.value = Math.min(sound.currentTime, length.value || Infinity));
  const frames = useRafFn(follow, { immediate: false });
  useEventListener(sound, 'play', () => {
    playing.value = true;
    recordings.playingId = recording.id;
    frames.resume();
  });
  useEventListener(sound, ['pause', 'ended'], () => {
    playing.value = false;
    frames.pause();
    if (opened) follow();
  });

  function file(): Promise<Blob> {
    fetched ??= recordings.read(recording).catch((failure: unknown) => {
      fetched = null;
      throw failure;
    });
    return fetched;
  }

  async function open(): Promise<void> {
    address = URL.createObjectURL(await file());
    measured.value = await openSound(sound, address);
    sound.preservesPitch = true;
    applySpeed();
    follow();
  }

  /** Runs what needs the file; false, with `error` set, where that is not possible. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    loading.value = true;
    error.value = null;
    try {
      await work();
      return true;
    } catch (failure) {
      // The element is given up by whoever pauses or leaves while it is being opened.
      if (!(failure instanceof DOMException && failure.name === 'AbortError')) error.value = toReport(failure);
      return false;
    } finally {
      loading.value = false;
    }
  }

  const ready = () =>
    attempt(() => (opened ??= open())).then((well) => {
      if (!well) opened = null;
      return well;
    });

  function applySpeed(): void {
    sound.defaultPlaybackRate = speed.value;
    sound.playbackRate = speed.value;
  }

  async function play(): Promise<void> {
    if ((await ready()) && !gone) await attempt(() => sound.play());
  }

  async function seek(seconds: number): Promise<void> {
    position.value = Math.max(0, Math.min(seconds, length.value));
    const wanted = position.value;
    if (!(await ready())) return;
    sound.currentTime = wanted;
    position.value = wanted;
  }

  async function draw(): Promise<void> {
    wave.value = await recordings.peaks(recording);
    if (wave.value || !isDrawable(recording) || gone) return;
    const decoded = await decodeWave(await file());
    wave.value = decoded.wave;
    measured.value ??= decoded.seconds;
    await recordings.savePeaks(recording, decoded.wave);
  }
  // Without a wave form the recording is played all the same; why it has none, playing tells.
  if (recording.state === 'complete') draw().catch(() => null);

  watch(speed, applySpeed);
  watch(() => settings.values.speakerId, useSpeaker, { immediate: true });
  async function useSpeaker(deviceId: string): Promise<void> {
    // The device may be gone, or the browser may not choose: then the system's own is heard.
    await sound.setSinkId?.(deviceId).catch(() => null);
  }
  // One recording at a time, and none into a call that has just begun.
  watch([() => recordings.playingId, () => calls.underway.length], ([id, underway], [, before]) => {
    if (id !== recording.id || underway > before) sound.pause();
  });
  onScopeDispose(() => {
    gone = true;
    sound.pause();
    sound.removeAttribute('src');
    if (address) URL.revokeObjectURL(address);
  });

  return {
    ...{ error, loading, playing, position, length, speed, wave },
    toggle: () => (playing.value ? sound.pause() : void play()),
    seek,
    skip: (seconds: number) => seek(position.value + seconds),
    /** Null, with `error` set, where the file cannot be had. */
    file: async () => ((await attempt(file)) ? await file() : null),
  };
}
