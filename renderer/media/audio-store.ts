import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { ErrorReport } from '#contract/errors.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** Whether this window has the sound, what stands in its way, and how it is heard. */
export const useAudioStore = defineStore('audio', () => {
  const bridge = useBridge();
  const owner = ref(false);
  /** Another window took the sound, not a connection that was lost. */
  const elsewhere = ref(false);
  const microphoneProblem = ref<ErrorReport | null>(null);
  /** The browser forbids sound until the user clicks. */
  const soundBlocked = ref(false);
  /** `prompt`: the browser will ask for the microphone at the first call. */
  const permission = ref<PermissionState | 'unknown'>('unknown');
  const microphones = ref<MediaDeviceInfo[]>([]);
  const speakers = ref<MediaDeviceInfo[]>([]);

  const problem = computed<ErrorReport | null>(() => {
    if (microphoneProblem.value) return microphoneProblem.value;
    return soundBlocked.value ? { code: 'audio.sound-blocked', values: {}, detail: null } : null;
  });

  bridge.on('audio.owner', ({ you }) => {
    owner.value = you;
    elsewhere.value = !you;
  });
  bridge.onConnection((state) => {
    if (state === 'lost') owner.value = false;
  });

  watch([problem, owner], ([error, mine], [before]) => {
    if (!mine || (error === null && before === null)) return;
    // Told again when the agent is back and the audio is claimed.
    bridge.call('audio.problem', { error }).catch(() => null);
  });

  async function claim(): Promise<void> {
    await bridge.call('audio.claim', {});
    owner.value = true;
    elsewhere.value = false;
  }

  return { owner, elsewhere, microphoneProblem, soundBlocked, permission, problem, microphones, speakers, claim };
});
