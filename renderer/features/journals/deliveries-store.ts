import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Delivery } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** What is still to be told to other programs, oldest first; null until the agent has said. */
export const useDeliveriesStore = defineStore('deliveries', () => {
  const bridge = useBridge();
  const deliveries = ref<Delivery[] | null>(null);
  const total = ref(0);

  // A list that nobody looks at is not asked for.
  bridge.on('deliveries.changed', () => void (deliveries.value && load().catch(() => undefined)));

  async function load(): Promise<void> {
    const answer = await bridge.call('deliveries.list', {});
    deliveries.value = answer.deliveries;
    total.value = answer.total;
  }
  /** At once; without ids all of them. */
  async function retry(ids: number[] = []): Promise<void> {
    await bridge.call('deliveries.retry', { ids });
    await load();
  }
  async function drop(id: number): Promise<void> {
    await bridge.call('deliveries.drop', { ids: [id] });
    await load();
  }

  return { deliveries, total, load, retry, drop };
});
