import { ref, shallowRef } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { AgentBridge, CallFilter, LoggedCall } from '#contract/ipc/index.ts';

/** Small, so that what is in sight is there at once. */
const firstPage = 100;
const laterPage = 300;
const largestPage = 500;
/** More calls than ever began in one millisecond. */
const sameMoment = 20;

/** The filter that lets one moment through; null where the filter excludes it anyway. */
function atMoment(filter: CallFilter, moment: number): CallFilter | null {
  const from = Math.max(filter.from ?? moment, moment);
  const to = Math.min(filter.to ?? moment + 1, moment + 1);
  return from < to ? { ...filter, from, to } : null;
}

/** Newest first; where the list goes on beyond what is loaded, nothing is put behind its end. */
function place(calls: readonly LoggedCall[], call: LoggedCall, complete: boolean): readonly LoggedCall[] {
  const known = calls.findIndex(({ record }) => record.id === call.record.id);
  if (known >= 0) return calls.with(known, call);
  const older = calls.findIndex(({ record }) => record.offeredAt < call.record.offeredAt);
  if (older >= 0) return calls.toSpliced(older, 0, call);
  return complete ? [...calls, call] : calls;
}

/**
 * The calls that a filter lets through, a page at a time. The latest question wins; what is shown stays until its answer
 * comes, and also where none comes. Which filter a changed call passes is asked of the agent, for that one call.
 */
export function useCallPages(bridge: Pick<AgentBridge, 'call'>) {
  const calls = shallowRef<readonly LoggedCall[]>([]);
  /** What `calls` answers to. */
  const shown = shallowRef<CallFilter>({});
  const next = ref<string | null>(null);
  const loaded = ref(false);
  const busy = ref(false);
  const error = shallowRef<ErrorReport | null>(null);
  const touched = new Map<string, number>();
  let generation = 0;
  let again: () => Promise<void> = async () => {};

  async function attempt(work: (isLatest: () => boolean) => Promise<void>): Promise<void> {
    const mine = ++generation;
    again = () => attempt(work);
    busy.value = true;
    try {
      await work(() => mine === generation);
      if (mine === generation) error.value = null;
    } catch (problem) {
      if (mine === generation) error.value = toReport(problem);
    }
    if (mine !== generation) return;
    busy.value = false;
    const waiting = [...touched];
    touched.clear();
    for (const [callId, offeredAt] of waiting) void refresh(callId, offeredAt);
  }

  function show(filter: CallFilter): Promise<void> {
    return attempt(async (isLatest) => {
      const limit = Math.min(Math.max(firstPage, filter === shown.value ? calls.value.length : 0), largestPage);
      const page = await bridge.call('callLog.query', { filter, limit });
      if (!isLatest()) return;
      [calls.value, next.value, shown.value, loaded.value] = [page.calls, page.next, filter, true];
    });
  }

  async function more(): Promise<void> {
    const after = next.value;
    if (busy.value || error.value || after === null) return;
    await attempt(async (isLatest) => {
      const page = await bridge.call('callLog.query', { filter: shown.value, after, limit: laterPage });
      if (!isLatest()) return;
      calls.value = [...calls.value, ...page.calls];
      next.value = page.next;
    });
  }

  /** A call has changed, or is new: it takes its place, or leaves the list. */
  async function refresh(callId: string, offeredAt: number): Promise<void> {
    if (busy.value) return void touched.set(callId, offeredAt);
    if (!loaded.value) return;
    const mine = generation;
    const filter = atMoment(shown.value, offeredAt);
    try {
      const page = filter ? await bridge.call('callLog.query', { filter, limit: sameMoment }) : { calls: [] };
      if (mine !== generation) return await refresh(callId, offeredAt);
      const call = page.calls.find(({ record }) => record.id === callId);
      calls.value = call
        ? place(calls.value, call, next.value === null)
        : calls.value.filter(({ record }) => record.id !== callId);
    } catch (problem) {
      error.value = toReport(problem);
      again = () => refresh(callId, offeredAt);
    }
  }

  const offeredAtOf = (callId: string) => calls.value.find(({ record }) => record.id === callId)?.record.offeredAt;

  /** Calls that are not among those loaded need no look. */
  function refreshKnown(callIds: readonly string[]): void {
    for (const callId of callIds) {
      const offeredAt = offeredAtOf(callId);
      if (offeredAt !== undefined) void refresh(callId, offeredAt);
    }
  }

  /** Changes calls without asking, where the answer is known. */
  function patch(change: (call: LoggedCall) => LoggedCall): void {
    calls.value = calls.value.map(change);
  }

  async function retry(): Promise<void> {
    error.value = null;
    await again();
    if (!loaded.value) await show(shown.value);
  }

  return { calls, shown, next, loaded, busy, error, show, more, refresh, refreshKnown, patch, retry };
}

export type CallPages = ReturnType<typeof useCallPages>;
