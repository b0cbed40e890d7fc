import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { AnnotationPatch, CallRecord, LoggedCall } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useCallListStore } from './call-list-store.ts';

/** The call log beyond its list: the call chosen in it, what is still to be looked after, and what the user adds. */
export const useCallLogStore = defineStore('callLog', () => {
  const bridge = useBridge();
  const list = useCallListStore();
  const selected = shallowRef<LoggedCall | null>(null);
  const selectedId = computed(() => selected.value?.record.id ?? null);
  /** Missed and not handled. */
  const openMissed = ref(0);
  /** Rises each time that the note of the chosen call is asked for. */
  const noteWanted = ref(0);
  const noteGiven = ref(0);
  /** The call whose note is typed while it is up, as last known. */
  const writing = shallowRef<LoggedCall | null>(null);
  const lastDialled = shallowRef<CallRecord | null>(null);
  const suggestions = shallowRef<{ outcomes: string[]; tags: string[] }>({ outcomes: [], tags: [] });
  let counted = 0;

  async function countMissed(): Promise<void> {
    const mine = ++counted;
    const answer = await bridge.call('callLog.count', { filter: { missedOpen: true } });
    if (mine === counted) openMissed.value = answer.count;
  }

  async function suggest(): Promise<void> {
    suggestions.value = await bridge.call('callLog.suggestions', {});
  }

  async function findLastDialled(): Promise<void> {
    const page = await bridge.call('callLog.query', { filter: { direction: 'outgoing' }, limit: 1 });
    lastDialled.value = page.calls[0]?.record ?? null;
  }

  // What cannot be asked for now is told by the list, which asks as well.
  const quietly = (work: Promise<unknown>) => work.catch(() => undefined);

  async function load(): Promise<void> {
    await Promise.all([list.load(), ...[countMissed(), suggest(), findLastDialled()].map(quietly)]);
  }

  function take(call: LoggedCall): void {
    if (selectedId.value === call.record.id) selected.value = call;
    if (writing.value?.record.id === call.record.id) writing.value = call;
  }

  /** Asks for the chosen call again, where something about it has changed. */
  async function renew(): Promise<void> {
    const id = selectedId.value;
    const call = id === null ? null : await bridge.call('callLog.get', { callId: id });
    if (call) take(call);
  }

  /** Calls may be gone for good: what is not kept any more must not stay on the screen. */
  async function renewOrLeave(): Promise<void> {
    const id = selectedId.value;
    const call = id === null ? null : await bridge.call('callLog.get', { callId: id });
    if (selectedId.value === id) selected.value = call;
  }

  bridge.on('callLog.recorded', ({ record }) => {
    if (record.direction === 'outgoing' && record.offeredAt >= (lastDialled.value?.offeredAt ?? 0))
      lastDialled.value = record;
    if (record.id === selectedId.value) void quietly(renew());
    if (record.disposition === 'missed') void quietly(countMissed());
  });
  bridge.on('callLog.annotated', ({ call }) => {
    take(call);
    if (call.missed) void quietly(countMissed());
  });
  bridge.on('callLog.handled', ({ callIds }) => {
    void quietly(countMissed());
    if (selectedId.value !== null && callIds.includes(selectedId.value)) void quietly(renew());
  });
  bridge.on('records.replaced', () => void quietly(renewOrLeave()));
  bridge.on('people.changed', () => void quietly(renew()));
  bridge.on('people.named', ({ partyKey }) => {
    if (selected.value?.record.partyKey === partyKey) void quietly(renew());
  });

  /** `typing`: its note is what the user wants to write. */
  function select(call: LoggedCall | null, { typing = false } = {}): void {
    selected.value = call;
    if (typing) noteWanted.value += 1;
  }

  async function beginWriting(callId: string): Promise<void> {
    writing.value = await get(callId).catch(() => null);
  }

  /** Its call has ended in mid-word: the note is typed on in the record, and no key falls anywhere else. */
  function writeOn(callId: string): void {
    if (writing.value?.record.id === callId) select(writing.value, { typing: true });
  }

  /** Rejects where the change could not be kept. */
  async function annotate(callId: string, patch: AnnotationPatch): Promise<LoggedCall> {
    const call = await bridge.call('callLog.annotate', { callId, patch });
    take(call);
    if (patch.outcome || patch.tags) void quietly(suggest());
    return call;
  }

  const changes = (callId: string) => bridge.call('callLog.changes', { callId });
  const get = (callId: string) => bridge.call('callLog.get', { callId });

  /** Says whose number it is; null takes the name away. */
  async function nameParty(partyKey: string, name: string | null): Promise<void> {
    if (name === null) await bridge.call('people.forget', { partyKey });
    else await bridge.call('people.name', { partyKey, name });
  }

  return {
    ...{ selected, selectedId, noteWanted, noteGiven, openMissed, lastDialled, suggestions, load, select },
    ...{ beginWriting, writeOn },
    ...{ annotate, changes, get, nameParty },
  };
});
