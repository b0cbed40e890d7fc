import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { SheetSetup } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useSheetsStore } from './sheets-store.ts';

interface KnownSetup {
  setup: SheetSetup;
  headings: readonly string[];
}

/** How each sheet is worked through, as far as it has been asked for. */
export const useSheetSetupStore = defineStore('sheetSetup', () => {
  const bridge = useBridge();
  const sheets = useSheetsStore();
  const known = shallowRef<ReadonlyMap<string, KnownSetup>>(new Map());
  const current = computed(() => (sheets.chosen ? (known.value.get(sheets.chosen.id) ?? null) : null));
  const of = (sheetId: string): SheetSetup | null => known.value.get(sheetId)?.setup ?? null;

  const put = (sheetId: string, setup: KnownSetup) => (known.value = new Map([...known.value, [sheetId, setup]]));

  async function load(sheetId: string): Promise<void> {
    put(sheetId, await bridge.call('sheets.setup', { sheetId }));
  }

  async function save(sheetId: string, setup: SheetSetup): Promise<void> {
    await bridge.call('sheets.setUp', { sheetId, setup });
    put(sheetId, { setup, headings: known.value.get(sheetId)?.headings ?? [] });
  }

  return { current, of, load, save };
});
