import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCallLogStore } from './call-log-store.ts';

/** How calls go in this office, the most used first; before anything is used, what goes in any office. */
export function useOutcomes() {
  const { t } = useI18n();
  const log = useCallLogStore();
  return computed(() => {
    const usual = ['agreed', 'callAgain', 'thinking', 'refused'].map((id) => t(`outcome.usual.${id}`));
    return [...new Set([...log.suggestions.outcomes, ...usual])];
  });
}
