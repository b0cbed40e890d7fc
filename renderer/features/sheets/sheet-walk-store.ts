import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { SheetFilter, SheetWalk } from '#contract/ipc/index.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { isLive } from '#renderer/features/call/call-list.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { noResult, saysSomething, useResultsStore } from './results-store.ts';
import type { ResultDraft } from './results-store.ts';

/** The calls that walk down a sheet, as the agent last told; and calls of single rows by hand. */
export const useSheetWalkStore = defineStore('sheetWalk', () => {
  const bridge = useBridge();
  const [calls, results, screen] = [useCallsStore(), useResultsStore(), useScreenStore()];
  const walk = ref<SheetWalk | null>(null);
  const busy = ref(false);
  /** The table is looked at although a walk is under way. */
  const aside = ref(false);
  /** The row that was last called by hand. */
  const dialled = ref<{ sheetId: string; key: string; callId: string } | null>(null);

  const liveCall = computed(() => calls.calls.find(isLive) ?? null);
  /** Never two calls at once. */
  const callUp = computed(() => liveCall.value !== null);
  const underway = computed(() => walk.value !== null && walk.value.state !== 'finished');
  const call = computed(() => calls.calls.find(({ id }) => id === walk.value?.callId) ?? null);
  const draft = computed<ResultDraft>(() => {
    const at = walk.value;
    return (at?.row && results.known(at.sheetId, at.row.key)) || noResult();
  });

  bridge.on('sheets.walkChanged', (payload) => (walk.value = payload.walk));
  bridge.onConnection((state) => state === 'open' && void load().catch(() => undefined));

  async function load(): Promise<void> {
    walk.value = await bridge.call('sheets.walking', {});
  }

  watch(
    () => walk.value?.callId,
    (callId, before) => {
      const at = walk.value;
      // Wherever the user is: one that begins by itself is to be seen with its row.
      if (callId && callId !== before) screen.show('sheets');
      if (callId && at?.row) results.beginCall(at.sheetId, at.row.key, callId, call.value?.startedAt ?? Date.now());
    },
  );

  /** One at a time: a second press while the first is under way asks for nothing. */
  async function once(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    try {
      await work();
    } finally {
      busy.value = false;
    }
  }

  const begin = (sheetId: string, filter: SheetFilter, from: string | null = null) =>
    once(async () => {
      walk.value = await bridge.call('sheets.walk', { sheetId, filter, from });
      aside.value = false;
    });

  const dialShown = (number = 0) => once(async () => void (await bridge.call('sheets.call', { number })));

  /** What was said of the row goes with it; nothing is forgotten before the agent has it. */
  const next = () =>
    once(async () => {
      const { callId, ...result } = draft.value;
      const said = callId !== null || saysSomething(result);
      const before = walk.value;
      walk.value = await bridge.call('sheets.next', { result: said ? result : null });
      if (before?.row) results.forget(before.sheetId, before.row.key);
    });

  const skip = () =>
    once(async () => {
      const before = walk.value;
      walk.value = await bridge.call('sheets.skip', {});
      if (before?.row) results.forget(before.sheetId, before.row.key);
    });

  const pause = (paused: boolean) =>
    once(async () => void (walk.value = await bridge.call('sheets.pause', { paused })));

  /** A call that is up goes on; it is the row's as one that was made by hand. */
  const stop = () =>
    once(async () => {
      const at = walk.value;
      await bridge.call('sheets.stop', {});
      if (at?.row && at.callId) dialled.value = { sheetId: at.sheetId, key: at.row.key, callId: at.callId };
      walk.value = null;
    });

  const dialRow = (sheetId: string, key: string, number = 0) =>
    once(async () => {
      const { callId } = await bridge.call('sheets.dial', { sheetId, rowKey: key, number });
      dialled.value = { sheetId, key, callId };
      results.beginCall(sheetId, key, callId, Date.now());
    });

  function change(next: ResultDraft): void {
    if (walk.value?.row) results.change(walk.value.sheetId, walk.value.row.key, next);
  }

  return {
    ...{ walk, busy, aside, dialled, liveCall, callUp, underway, call, draft },
    ...{ load, begin, dialShown, next, skip, pause, stop, dialRow, change },
  };
});
