import { computed } from 'vue';
import { useOutcomes } from '#renderer/features/call-log/use-outcomes.ts';
import { useSheetSetupStore } from './sheet-setup-store.ts';

const mostUsual = 9;

/** What a call may have come to: the sheet's own list, else what goes in this office. */
export function useSheetOutcomes(sheetId: () => string) {
  const setups = useSheetSetupStore();
  const usual = useOutcomes();
  return computed(() => {
    const own = setups.of(sheetId())?.outcomes ?? [];
    return own.length > 0 ? own : usual.value.slice(0, mostUsual);
  });
}
