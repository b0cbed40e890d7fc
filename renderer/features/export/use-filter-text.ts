import { useI18n } from 'vue-i18n';
import type { CallFilter } from '#contract/ipc/index.ts';
import { useParty } from '#renderer/features/call/use-party.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';

/** What a list is narrowed to, in words; the period apart. */
export function useFilterText() {
  const { t } = useI18n();
  const lines = useLinesStore();
  const { clean } = useParty();

  /** @param party how a filter's person or number is shown */
  return function filterText(filter: CallFilter, party: string | null): string {
    const { direction, disposition, followUp, hour, internal, lineId, missedOpen, outcome, talked } = filter;
    const clock = (hours: number) => `${String(hours).padStart(2, '0')}:00`;
    const whom = filter.personId ?? filter.partyKey;
    const parts = [
      direction && t(`filter.${direction}.text`),
      internal !== undefined && t(internal ? 'filter.internal.text' : 'filter.external.text'),
      missedOpen !== undefined && t(missedOpen ? 'filter.missedOpen.yes' : 'filter.missedOpen.no'),
      disposition && t('filter.disposition.text', { disposition: t(`record.outcome.${disposition}`) }),
      talked !== undefined && t(talked ? 'filter.talked.yes' : 'filter.talked.no'),
      whom !== undefined && t('filter.party.text', { party: party ?? clean(filter.partyKey ?? '') }),
      lineId !== undefined && t('filter.line.text', { line: clean(lines.labelOf(lineId)) }),
      outcome !== undefined && t('filter.outcome.text', { outcome: clean(outcome) }),
      followUp !== undefined && t(followUp ? 'filter.followUp.yes' : 'filter.followUp.no'),
      hour !== undefined && t('filter.hour.text', { from: clock(hour), to: clock((hour + 1) % 24) }),
      filter.text?.trim() && t('filter.text.text', { text: clean(filter.text) }),
    ].filter((part) => typeof part === 'string' && part !== '');
    return parts.length > 0 ? parts.join(', ') : t('filter.nothing.text');
  };
}
