import { computed } from 'vue';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { isEstablished } from '#renderer/features/call/call-list.ts';
import { useAudioStore } from '#renderer/media/audio-store.ts';
import { useRecordingsStore } from './recordings-store.ts';
import { useRecordingsOf } from './use-recordings-of.ts';

/** Whether calls are being recorded, and the switch for it. */
export function useRecordingSwitch() {
  const [recordings, audio] = [useRecordingsStore(), useAudioStore()];
  /** The window with the sound records; another one only shows it. */
  const mayRecord = (call: CallSnapshot) => audio.owner && isEstablished(call);

  function toggle(call: CallSnapshot): void {
    if (!mayRecord(call)) return;
    if (recordings.wanted.has(call.id)) recordings.stop(call.id);
    else recordings.start(call.id);
  }
  return { mayRecord, toggle };
}

/** The recording of one call as it is being made. */
export function useCallRecording(call: () => CallSnapshot) {
  const [recordings, audio] = [useRecordingsStore(), useAudioStore()];
  const { mayRecord } = useRecordingSwitch();
  useRecordingsOf(() => call().id);
  /** As the agent tells: the file is there and grows. */
  const underway = computed(() => (isEstablished(call()) ? recordings.underway(call().id) : null));
  const on = computed(() => recordings.wanted.has(call().id) || underway.value !== null);
  const possible = computed(() => mayRecord(call()));
  const elsewhere = computed(() => isEstablished(call()) && !audio.owner);
  return { underway, on, possible, elsewhere };
}
