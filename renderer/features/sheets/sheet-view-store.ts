import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { SheetRow } from '#contract/ipc/index.ts';
import { useSheetTableStore } from './sheet-table-store.ts';
import { useSheetsStore } from './sheets-store.ts';
import type { ResultKind } from './table-columns.ts';

export type SheetPanel =
  { kind: 'row'; row: SheetRow; field: ResultKind | null } | { kind: 'conflicts' } | { kind: 'setup' };

/** What stands beside the table: a row with what came of its calls, the conflicts, or how the sheet is set up. */
export const useSheetViewStore = defineStore('sheetView', () => {
  const [sheets, table] = [useSheetsStore(), useSheetTableStore()];
  const panel = shallowRef<SheetPanel | null>(null);
  const row = computed(() => (panel.value?.kind === 'row' ? panel.value.row : null));

  const close = () => (panel.value = null);
  const show = (kind: 'conflicts' | 'setup') => (panel.value = { kind });
  /** `field`: that the keyboard goes to. */
  function open(next: SheetRow, field: ResultKind | null = null): void {
    panel.value = { kind: 'row', row: next, field };
  }

  watch(() => sheets.chosen?.id, close);
  // As the agent has it by now; one that has gone out of sight stays as it was.
  watch(
    () => table.pages,
    (pages) => {
      const key = row.value?.key;
      const fresh = key && [...pages.values()].flat().find((one) => one.key === key);
      if (fresh && panel.value?.kind === 'row') panel.value = { ...panel.value, row: fresh, field: null };
    },
  );

  return { panel, row, show, open, close };
});
