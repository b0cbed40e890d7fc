import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { hasEndingToTell, isHeld, isRinging, isUnderway } from './call-list.ts';

/** The calls as the agent last told, and which of them the window shows large. */
export const useCallsStore = defineStore('calls', () => {
  const bridge = useBridge();
  const calls = ref<CallSnapshot[]>([]);
  const selectedId = ref<string | null>(null);
  const dismissed = ref(new Set<string>());

  const ringing = computed(() => calls.value.filter(isRinging));
  const underway = computed(() => calls.value.filter(isUnderway));
  const endings = computed(() =>
    calls.value.filter((call) => hasEndingToTell(call) && !dismissed.value.has(call.id)),
  );
  /** The call to show large: the chosen one, else the one that is up, else the newest. */
  const current = computed(() => {
    const chosen = underway.value.find((call) => call.id === selectedId.value);
    return chosen ?? underway.value.find((call) => !isHeld(call)) ?? underway.value.at(-1) ?? null;
  });
  /** How the last call ended, until a new one takes the place. */
  const ending = computed(() => (underway.value.length === 0 ? (endings.value.at(-1) ?? null) : null));

  /** The attempt before this one, where an emergency call went on to the next line by itself. */
  function emergencyBefore(call: CallSnapshot): CallSnapshot | null {
    if (!call.emergency) return null;
    const failed = (other: CallSnapshot) => other.emergency && other.ending?.disposition === 'failed' && other.startedAt <= call.startedAt;
    return calls.value.findLast((other) => other.id !== call.id && other.remote.number === call.remote.number && failed(other)) ?? null;
  }

  function mirror(next: CallSnapshot[]): void {
    const known = new Set(calls.value.map((call) => call.id));
    const fresh = next.findLast((call) => !known.has(call.id) && isUnderway(call) && !isHeld(call));
    if (fresh) selectedId.value = fresh.id;
    calls.value = next;
    const present = new Set(next.map((call) => call.id));
    dismissed.value = new Set([...dismissed.value].filter((id) => present.has(id)));
  }
  bridge.on('calls.changed', (payload) => mirror(payload.calls));

  function select(callId: string): void {
    selectedId.value = callId;
  }

  /** Takes an ended call off the screen; one with a busy tone is hung up by that. */
  async function dismiss(call: CallSnapshot): Promise<void> {
    dismissed.value = new Set([...dismissed.value, call.id]);
    if (call.state === 'busy') await hangUp(call.id);
  }

  async function answer(callId: string): Promise<void> {
    selectedId.value = callId;
    await bridge.call('calls.answer', { callId });
  }

  async function unhold(callId: string): Promise<void> {
    selectedId.value = callId;
    await bridge.call('calls.unhold', { callId });
  }

  const decline = (callId: string, reason: 'decline' | 'busy' = 'decline') =>
    bridge.call('calls.decline', { callId, reason });
  const hangUp = (callId: string) => bridge.call('calls.hangUp', { callId });
  const hold = (callId: string) => bridge.call('calls.hold', { callId });
  const setMuted = (callId: string, muted: boolean) => bridge.call('calls.setMuted', { callId, muted });
  const sendDigits = (callId: string, digits: string) => bridge.call('calls.sendDigits', { callId, digits });

  return {
    ...{ calls, selectedId, ringing, underway, current, ending, emergencyBefore, mirror, select, dismiss },
    ...{ answer, unhold, decline, hangUp, hold, setMuted, sendDigits },
  };
});
