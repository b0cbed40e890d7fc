import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CallFilter, LoggedCall } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useDialStore } from '#renderer/features/call/dial-store.ts';
import { useCallFilterStore } from './call-filter-store.ts';
import { useCallPages } from './call-pages.ts';
import { RowMaker } from './list-rows.ts';
import type { FocusableRow } from './list-rows.ts';

/** Long enough that quick typing asks once, short enough to feel at once. */
const typingMilliseconds = 40;
const longestText = 200;
/** Calls whose people are asked for again at once: more than anybody looks at. */
const mostRenewed = 500;

function withoutGaps(filter: CallFilter): CallFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The list of calls as its filter and the box at the top narrow it, and what is unfolded and pointed at in it. */
export const useCallListStore = defineStore('callList', () => {
  const bridge = useBridge();
  const [dial, filters] = [useDialStore(), useCallFilterStore()];
  const pages = useCallPages(bridge);
  const unfolded = shallowRef<ReadonlySet<string>>(new Set());
  const activeKey = ref<string | null>(null);
  /** How many calls the filter lets through; null where that is not asked, or not known yet. */
  const count = ref<number | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let counted = 0;

  const text = computed(() => dial.text.trim().slice(0, longestText));
  const filter = computed<CallFilter>(() => ({
    ...withoutGaps(filters.filter),
    ...(text.value ? { text: text.value } : {}),
  }));
  const isNarrowed = computed(() => Object.keys(filter.value).length > 0);
  const maker = new RowMaker();
  const rows = computed(() => maker.rows(pages.calls.value, unfolded.value));
  const active = computed(
    () => rows.value.find((row): row is FocusableRow => row.key === activeKey.value && row.kind !== 'day') ?? null,
  );

  async function recount(): Promise<void> {
    const mine = ++counted;
    const narrowed = Object.keys(pages.shown.value).length > 0;
    // A failure to count is no news beside that of the list itself.
    const answer = narrowed
      ? await bridge.call('callLog.count', { filter: pages.shown.value }).catch(() => null)
      : null;
    if (mine === counted) count.value = answer?.count ?? null;
  }

  async function show(wanted: CallFilter): Promise<void> {
    await pages.show(wanted);
    if (pages.shown.value === wanted) await recount();
  }

  async function load(): Promise<void> {
    // What is shown may be older than the filter, where the agent went away in between.
    const same = pages.loaded.value && JSON.stringify(pages.shown.value) === JSON.stringify(filter.value);
    await show(same ? pages.shown.value : filter.value);
  }

  watch(filter, (next, before) => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (next.text === before.text) void show(next);
    else timer = setTimeout(() => void show(filter.value), typingMilliseconds);
  });

  async function refresh(callId: string, offeredAt: number): Promise<void> {
    await pages.refresh(callId, offeredAt);
    if (Object.keys(pages.shown.value).length > 0) await recount();
  }
  bridge.on('callLog.recorded', ({ record }) => void refresh(record.id, record.offeredAt));
  bridge.on('callLog.annotated', ({ call }) => void refresh(call.record.id, call.record.offeredAt));
  bridge.on('callLog.handled', ({ callIds }) => {
    pages.refreshKnown(callIds);
    void recount();
  });
  bridge.on('people.named', ({ partyKey, person }) => {
    const named = (call: LoggedCall) => call.record.partyKey === partyKey && !call.annotation?.personId;
    pages.patch((call) => (named(call) ? { ...call, person } : call));
  });

  /** Whose calls they are may be known otherwise now; the rows stay where they are. */
  async function renewPeople(): Promise<void> {
    if (!pages.loaded.value || pages.calls.value.length === 0) return;
    const limit = Math.min(pages.calls.value.length, mostRenewed);
    const page = await bridge.call('callLog.query', { filter: pages.shown.value, limit }).catch(() => null);
    const people = new Map(page?.calls.map(({ record, person }) => [record.id, person]));
    pages.patch((call) => {
      const person = people.get(call.record.id);
      return person === undefined || person?.name === call.person?.name ? call : { ...call, person };
    });
  }
  bridge.on('people.changed', () => void renewPeople());

  function setUnfolded(group: string, wanted: boolean): void {
    const next = new Set(unfolded.value);
    if (wanted) next.add(group);
    else next.delete(group);
    unfolded.value = next;
  }

  const { calls, shown, loaded, busy, error, more, retry } = pages;
  return {
    ...{ filter, isNarrowed, calls, shown, rows, count, loaded, busy, error, load, more, retry },
    ...{ unfolded, setUnfolded, activeKey, active },
  };
});
