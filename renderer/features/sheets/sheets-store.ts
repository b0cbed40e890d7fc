import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { SheetStatus } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useSourceSetupStore } from '#renderer/features/directories/source-setup-store.ts';

/** The office's customer sheets as the agent last told, and which of them is looked at. */
export const useSheetsStore = defineStore('sheets', () => {
  const bridge = useBridge();
  const setup = useSourceSetupStore();
  /** Null until the agent has told. */
  const sheets = ref<SheetStatus[] | null>(null);
  const error = shallowRef<ErrorReport | null>(null);
  const chosenId = ref<string | null>(null);
  const chosen = computed(() => find(chosenId.value) ?? sheets.value?.[0] ?? null);
  /** A workbook is being connected here; ids are of the sheets that were there before. */
  const connecting = ref<readonly string[] | null>(null);

  const find = (id: string | null) => sheets.value?.find((one) => one.id === id) ?? null;

  function take(next: SheetStatus[]): void {
    const before = connecting.value ?? [];
    const fresh = waitsForNew.value ? next.find(({ id }) => !before.includes(id)) : undefined;
    sheets.value = next;
    if (fresh) [chosenId.value, connecting.value, waitsForNew.value] = [fresh.id, null, false];
  }
  /** The first sheet of a workbook that has just been connected is what the user wants to see. */
  const waitsForNew = ref(false);

  async function load(): Promise<void> {
    error.value = null;
    try {
      take(await bridge.call('sheets.list', {}));
    } catch (problem) {
      error.value = toReport(problem);
    }
  }

  bridge.on('sheets.changed', (payload) => take(payload.sheets));
  bridge.onConnection((state) => state === 'open' && sheets.value && void load());

  function choose(id: string): void {
    chosenId.value = id;
  }

  function connect(): void {
    connecting.value = sheets.value?.map(({ id }) => id) ?? [];
    waitsForNew.value = false;
    setup.start({ kind: 'add' });
    setup.choose('sheet');
  }
  /** The steps of connecting are up, and were begun here. */
  const showsSetup = computed(() => connecting.value !== null && setup.goal !== null);
  watch(
    () => setup.goal,
    (goal) => {
      if (goal === null && connecting.value) waitsForNew.value = true;
    },
  );

  const keep = (status: SheetStatus) => {
    sheets.value = sheets.value?.map((one) => (one.id === status.id ? status : one)) ?? null;
  };
  const write = async (sheetId: string) => keep(await bridge.call('sheets.write', { sheetId }));
  const undo = async (sheetId: string) => keep(await bridge.call('sheets.undo', { sheetId }));
  /** How many cells were changed. */
  const setLinks = async (sheetId: string, column: number, links: boolean): Promise<number> =>
    (await bridge.call('sheets.links', { sheetId, column, links })).cells;

  return { sheets, error, chosenId, chosen, showsSetup, load, find, choose, connect, write, undo, setLinks };
});
