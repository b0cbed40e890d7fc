import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { SheetStatus } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useDirectoriesStore } from '#renderer/features/directories/directories-store.ts';
import { useSourceSetupStore } from '#renderer/features/directories/source-setup-store.ts';

/** The office's customer sheets as the agent last told, and which of them is looked at. */
export const useSheetsStore = defineStore('sheets', () => {
  const bridge = useBridge();
  const [setup, directories] = [useSourceSetupStore(), useDirectoriesStore()];
  /** Null until the agent has told. */
  const sheets = ref<SheetStatus[] | null>(null);
  const error = shallowRef<ErrorReport | null>(null);
  const chosenId = ref<string | null>(null);
  const chosen = computed(() => find(chosenId.value) ?? sheets.value?.[0] ?? null);
  /** The steps of connecting a workbook were begun here. */
  const connecting = ref(false);
  /** Sheets that were there before; null where no new one is waited for. */
  let before: readonly string[] | null = null;

  const find = (id: string | null) => sheets.value?.find((one) => one.id === id) ?? null;

  /** The first sheet of a workbook that has just been connected is what the user wants to see. */
  function take(next: SheetStatus[]): void {
    const fresh = next.find(({ id }) => before !== null && !before.includes(id));
    sheets.value = next;
    if (fresh && !connecting.value) [chosenId.value, before] = [fresh.id, null];
  }

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
    setup.start({ kind: 'add' });
    setup.choose('sheet');
    begin();
  }

  /** Another path, sheet or other columns for a workbook that is connected. */
  async function reconnect(directoryId: string): Promise<void> {
    await directories.load();
    setup.start({ kind: 'edit', id: directoryId });
    begin();
  }

  function begin(): void {
    before = sheets.value?.map(({ id }) => id) ?? [];
    connecting.value = true;
  }
  const showsSetup = computed(() => connecting.value && setup.goal !== null);
  watch(
    () => setup.goal,
    (goal) => {
      if (goal === null) connecting.value = false;
    },
    { flush: 'sync' },
  );

  const keep = (status: SheetStatus) => {
    sheets.value = sheets.value?.map((one) => (one.id === status.id ? status : one)) ?? null;
  };
  const write = async (sheetId: string) => keep(await bridge.call('sheets.write', { sheetId }));
  const undo = async (sheetId: string) => keep(await bridge.call('sheets.undo', { sheetId }));
  /** How many cells were changed. */
  const setLinks = async (sheetId: string, column: number, links: boolean): Promise<number> =>
    (await bridge.call('sheets.links', { sheetId, column, links })).cells;

  return { sheets, error, chosenId, chosen, showsSetup, load, find, choose, connect, reconnect, write, undo, setLinks };
});
