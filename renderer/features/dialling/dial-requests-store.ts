import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { DialRequest } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** Wishes to dial that wait for the user's word, as the agent last told. */
export const useDialRequestsStore = defineStore('dial-requests', () => {
  const bridge = useBridge();
  const notices = useNoticesStore();
  const requests = ref<DialRequest[]>([]);
  const dialling = ref(false);
  /** What the user has just asked for by keys goes before what has waited longest. */
  const current = computed(
    () => requests.value.findLast(({ source }) => source === 'selection') ?? requests.value[0] ?? null,
  );
  const others = computed(() => Math.max(0, requests.value.length - 1));

  bridge.on('dialRequests.changed', (payload) => (requests.value = payload.requests));
  bridge.onConnection((state) => {
    if (state === 'open') void notices.attempt(load);
  });

  async function load(): Promise<void> {
    requests.value = (await bridge.call('dialRequests.list', {})) ?? [];
  }

  // The window is open already when it first looks.
  void notices.attempt(load);

  async function dial(requestId: string, index: number, trust: boolean): Promise<void> {
    if (dialling.value) return;
    dialling.value = true;
    await notices.attempt(() => bridge.call('dialRequests.dial', { requestId, index, trust }));
    dialling.value = false;
  }

  async function dismiss(ids: readonly string[]): Promise<void> {
    for (const requestId of ids) await notices.attempt(() => bridge.call('dialRequests.dismiss', { requestId }));
  }

  return { requests, current, others, dialling, load, dial, dismiss };
});
