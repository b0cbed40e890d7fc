import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { CallFilter } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useCallPages } from './call-pages.ts';

/** All calls with the person, or the number, that is looked at. */
export const usePersonHistoryStore = defineStore('personHistory', () => {
  const bridge = useBridge();
  const pages = useCallPages(bridge);
  const count = ref<number | null>(null);
  /** When they were last talked with, Unix ms. */
  const lastTalkAt = ref<number | null>(null);
  let asked = 0;

  async function summarise(filter: CallFilter): Promise<void> {
    const mine = ++asked;
    const [total, talks] = await Promise.all([
      bridge.call('callLog.count', { filter }),
      bridge.call('callLog.query', { filter: { ...filter, talked: true }, limit: 1 }),
    ]);
    if (mine !== asked) return;
    count.value = total.count;
    lastTalkAt.value = talks.calls[0]?.record.offeredAt ?? null;
  }

  async function show(filter: CallFilter): Promise<void> {
    if (pages.loaded.value && JSON.stringify(filter) === JSON.stringify(pages.shown.value)) return;
    [pages.calls.value, pages.next.value, pages.loaded.value] = [[], null, false];
    [count.value, lastTalkAt.value] = [null, null];
    await pages.show(filter);
    // The list itself tells what went wrong.
    await summarise(filter).catch(() => undefined);
  }

  async function refresh(callId: string, offeredAt: number): Promise<void> {
    if (!pages.loaded.value) return;
    await pages.refresh(callId, offeredAt);
    await summarise(pages.shown.value).catch(() => undefined);
  }
  bridge.on('callLog.recorded', ({ record }) => void refresh(record.id, record.offeredAt));
  bridge.on('callLog.annotated', ({ call }) => pages.refreshKnown([call.record.id]));
  bridge.on('callLog.handled', ({ callIds }) => pages.refreshKnown(callIds));
  /** Other numbers may be theirs now; where they have as many calls as before, the list stays where it was scrolled to. */
  async function recount(): Promise<void> {
    if (!pages.loaded.value) return;
    const [before, filter] = [count.value, pages.shown.value];
    await summarise(filter).catch(() => undefined);
    if (count.value !== before && filter === pages.shown.value) await pages.show(filter);
  }
  bridge.on('people.changed', () => void recount());
  bridge.on('records.replaced', () => {
    if (!pages.loaded.value) return;
    const filter = pages.shown.value;
    void pages.show(filter).then(() => summarise(filter).catch(() => undefined));
  });

  const { calls, next, loaded, busy, error, more, retry } = pages;
  return { calls, next, loaded, busy, error, count, lastTalkAt, show, more, retry };
});
