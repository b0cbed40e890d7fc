import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { PartyCard, SheetRow } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { withExtension } from '#renderer/features/call/with-extension.ts';

/** Calls made before with whom the row is about, by its first number. A row without them is none the worse. */
export const useRowCardStore = defineStore('sheetRowCard', () => {
  const bridge = useBridge();
  const card = shallowRef<PartyCard | null>(null);
  const key = ref('');

  async function load(row: SheetRow | null): Promise<void> {
    const [number] = row?.numbers ?? [];
    const wanted = row && number ? `${row.key}/${number.dial}` : '';
    if (wanted !== key.value) card.value = null;
    key.value = wanted;
    if (!number) return;
    const answer = await bridge
      .call('people.card', { number: withExtension(number.dial, number.extension) })
      .catch(() => null);
    if (key.value === wanted) card.value = answer;
  }

  return { card, load };
});
