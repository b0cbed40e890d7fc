import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { AccountInput, LineSnapshot } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** The lines as the agent last told, default first as it sorts them. */
export const useLinesStore = defineStore('lines', () => {
  const bridge = useBridge();
  const lines = ref<LineSnapshot[]>([]);
  const defaultLine = computed(() => lines.value.find((line) => line.isDefault) ?? lines.value[0] ?? null);

  function mirror(next: LineSnapshot[]): void {
    lines.value = next;
  }
  bridge.on('lines.changed', (payload) => mirror(payload.lines));

  function labelOf(lineId: string): string {
    const line = lines.value.find((candidate) => candidate.id === lineId);
    return line ? line.account.label || line.account.user : '';
  }

  async function add(account: AccountInput, password: string): Promise<string> {
    return (await bridge.call('lines.add', { account, password })).lineId;
  }

  /** `password: null` keeps the stored one. */
  async function update(lineId: string, account: AccountInput, password: string | null): Promise<void> {
    await bridge.call('lines.update', { lineId, account, password });
  }

  const remove = (lineId: string) => bridge.call('lines.remove', { lineId });
  const setDefault = (lineId: string) => bridge.call('lines.setDefault', { lineId });
  const reconnect = (lineId: string) => bridge.call('lines.reconnect', { lineId });

  return { lines, defaultLine, mirror, labelOf, add, update, remove, setDefault, reconnect };
});
