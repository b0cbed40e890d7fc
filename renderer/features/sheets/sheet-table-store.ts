import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { SheetColumn, SheetFilter, SheetRow } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useRowPages } from '#renderer/components/row-pages.ts';
import { useSheetSetupStore } from './sheet-setup-store.ts';
import { useSheetsStore } from './sheets-store.ts';
import { tableColumns } from './table-columns.ts';

export interface SheetQuestion {
  sheetId: string;
  filter: SheetFilter;
}

/** Long enough that quick typing asks once, short enough to feel at once. */
const typingMilliseconds = 80;
const longestText = 200;

/** The sheet that is looked at as a table, as its box and its filters narrow it. */
export const useSheetTableStore = defineStore('sheetTable', () => {
  const bridge = useBridge();
  const [sheets, setups] = [useSheetsStore(), useSheetSetupStore()];
  const [text, uncalled, due] = [ref(''), ref(false), ref(false)];
  const sheetColumns = shallowRef<readonly SheetColumn[]>([]);
  /** The cell that the keyboard is at. */
  const [activeRow, activeColumn] = [ref(0), ref(0)];
  /** Where it was left, for coming back to it: px from its top, and what it answered to. */
  const left = shallowRef<{ top: number; question: SheetQuestion | null }>({ top: 0, question: null });
  const visible = ref(false);
  let timer: ReturnType<typeof setTimeout> | null = null;

  const pages = useRowPages<SheetQuestion, SheetRow>({
    async ask({ sheetId, filter }, offset, limit) {
      const page = await bridge.call('sheets.page', { sheetId, filter, offset, limit });
      if (sheetId === question.value?.sheetId) sheetColumns.value = page.columns;
      return page;
    },
    keyOf: ({ key }) => key,
  });

  const filter = computed<SheetFilter>(() => ({
    text: text.value.trim().slice(0, longestText),
    uncalled: uncalled.value,
    due: due.value,
  }));
  const question = computed<SheetQuestion | null>(() =>
    sheets.chosen ? { sheetId: sheets.chosen.id, filter: filter.value } : null,
  );
  const isNarrowed = computed(() => filter.value.text !== '' || uncalled.value || due.value);
  const columns = computed(() => tableColumns(sheetColumns.value, setups.current?.setup ?? null));
  /** What is shown is another sheet's as long as the chosen one's first page has not come. */
  const loaded = computed(() => pages.shown.value?.sheetId === question.value?.sheetId);

  async function show(asked: SheetQuestion): Promise<void> {
    const another = pages.shown.value?.sheetId !== asked.sheetId;
    await pages.show(asked);
    if (pages.shown.value !== asked) return;
    activeRow.value = 0;
    if (another) activeColumn.value = 0;
  }

  watch(question, (next, before) => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!next || !visible.value || JSON.stringify(next) === JSON.stringify(before)) return;
    if (next.filter.text === before?.filter.text) void show(next);
    else timer = setTimeout(() => question.value && void show(question.value), typingMilliseconds);
  });
  // Another sheet begins with all of its rows, and with what is known of how it is worked through.
  watch(
    () => sheets.chosen?.id,
    (id, before) => {
      if (before) clear();
      if (id) void setups.load(id).catch(() => undefined);
    },
    { immediate: true },
  );
  watch(pages.shift, ({ by }) => (activeRow.value = Math.max(0, activeRow.value + by)));
  watch(pages.total, (count) => (activeRow.value = Math.max(0, Math.min(activeRow.value, count - 1))));

  function clear(): void {
    [text.value, uncalled.value, due.value] = ['', false, false];
  }

  let missed = false;
  function renew(): void {
    if (visible.value) pages.renew();
    else missed = true;
  }
  bridge.on('sheets.rowsChanged', ({ sheetId }) => sheetId === sheets.chosen?.id && renew());
  bridge.onConnection((state) => state === 'open' && renew());
  // What waits, is written or is disputed is marked at its row.
  watch(
    () => [sheets.chosen?.waiting, sheets.chosen?.conflicts, sheets.chosen?.writtenAt].join(),
    () => loaded.value && renew(),
  );

  /** Of any sheet; without asking where it is the one that is looked at. */
  async function columnsOf(sheetId: string): Promise<readonly SheetColumn[]> {
    if (pages.shown.value?.sheetId === sheetId) return sheetColumns.value;
    const { columns: found } = await bridge.call('sheets.page', { sheetId, filter: {}, offset: 0, limit: 1 });
    return found;
  }

  /** The table is on the screen from now on, or no longer. */
  async function appear(seen: boolean): Promise<void> {
    visible.value = seen;
    if (!seen || !question.value) return;
    if (JSON.stringify(pages.shown.value) !== JSON.stringify(question.value)) await show(question.value);
    else if (missed) pages.renew();
    missed = false;
  }

  const { total, shown, busy, error, shift, rowAt, look, retry } = pages;
  return {
    ...{ text, uncalled, due, filter, isNarrowed, activeRow, activeColumn, left, columns, sheetColumns, loaded },
    ...{ pages: pages.pages, total, shown, busy, error, shift, rowAt, look, retry, renew, clear, columnsOf, appear },
  };
});
