import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { LoggedCall } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { dueAt } from '#renderer/features/call-log/follow-up-times.ts';

/** Follow-ups that are due and wait for the user, the soonest first. */
export const useFollowUpsStore = defineStore('followUps', () => {
  const bridge = useBridge();
  const log = useCallLogStore();
  const due = shallowRef<readonly LoggedCall[]>([]);
  /** Put aside in this window, with the time of the reminder that it was. */
  const hidden = shallowRef<ReadonlyMap<string, number>>(new Map());
  const shown = computed(() => due.value.filter((call) => hidden.value.get(call.record.id) !== dueAt(call)));

  /** Of the calls given, those due by then are shown, and the others no longer. */
  function take(calls: readonly LoggedCall[], by: number): void {
    const told = new Set(calls.map(({ record }) => record.id));
    const others = due.value.filter(({ record }) => !told.has(record.id));
    const fresh = calls.filter((call) => dueAt(call) < Infinity && dueAt(call) <= by);
    due.value = [...others, ...fresh].sort((one, other) => dueAt(one) - dueAt(other));
  }

  async function load(): Promise<void> {
    const open = await bridge.call('callLog.followUps', {});
    const ids = new Set(open.map(({ record }) => record.id));
    due.value = due.value.filter(({ record }) => ids.has(record.id));
    take(open, Date.now());
  }

  // The agent's clock says what is due; this window's may be behind.
  bridge.on('callLog.followUpsDue', ({ calls }) => take(calls, Infinity));
  bridge.on('callLog.annotated', ({ call }) => {
    if (due.value.some(({ record }) => record.id === call.record.id)) take([call], Date.now());
  });
  // What is shown stays where that cannot be asked for.
  bridge.on('people.changed', () => void (due.value.length > 0 && load().catch(() => undefined)));
  bridge.on('people.named', ({ partyKey, person }) => {
    const named = (call: LoggedCall) => call.record.partyKey === partyKey && !call.annotation?.personId;
    due.value = due.value.map((call) => (named(call) ? { ...call, person } : call));
  });

  const finish = (callId: string) => log.annotate(callId, { followUpDone: true });
  const snooze = (callId: string, until: number) => log.annotate(callId, { snoozedUntil: until });

  /** Takes reminders off the screen of this window; they stay open, and come again when they fall due anew. */
  function hide(calls: readonly LoggedCall[]): void {
    hidden.value = new Map([...hidden.value, ...calls.map((call) => [call.record.id, dueAt(call)] as const)]);
  }

  return { due, shown, load, finish, snooze, hide };
});
