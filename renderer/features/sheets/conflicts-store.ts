import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { SheetConflict } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useSheetsStore } from './sheets-store.ts';

/** Results of the chosen sheet that need the user's word. */
export const useConflictsStore = defineStore('sheetConflicts', () => {
  const bridge = useBridge();
  const sheets = useSheetsStore();
  /** Null until they have come. */
  const conflicts = shallowRef<readonly SheetConflict[] | null>(null);
  const error = shallowRef<ErrorReport | null>(null);
  const busy = ref(false);
  let shownFor: string | null = null;

  async function load(sheetId: string): Promise<void> {
    if (shownFor !== sheetId) conflicts.value = null;
    shownFor = sheetId;
    error.value = null;
    try {
      const answer = await bridge.call('sheets.conflicts', { sheetId });
      if (shownFor === sheetId) conflicts.value = answer;
    } catch (problem) {
      if (shownFor === sheetId) error.value = toReport(problem);
    }
  }
  watch(
    () => sheets.find(shownFor)?.conflicts,
    () => shownFor && void load(shownFor),
  );

  async function resolve(conflictIds: readonly number[], keep: 'ours' | 'theirs'): Promise<void> {
    busy.value = true;
    try {
      await bridge.call('sheets.resolve', { conflictIds: [...conflictIds], keep });
      if (shownFor) await load(shownFor);
    } finally {
      busy.value = false;
    }
  }

  return { conflicts, error, busy, load, resolve };
});
