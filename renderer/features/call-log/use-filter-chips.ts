import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallFilter } from '#contract/ipc/index.ts';
import { useParty } from '#renderer/features/call/use-party.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { useCallFilterStore } from './call-filter-store.ts';
import { useCallListStore } from './call-list-store.ts';
import { dateFormat } from './date-formats.ts';
import { addDays, dayStart } from './local-days.ts';
import { useRecordText } from './use-record-text.ts';

export interface FilterChip {
  id: string;
  label: string;
  /** What takes it away. */
  without: CallFilter;
}

/** The parts of the filter in words, each with the way to take it away. What the tabs say is not said twice. */
export function useFilterChips() {
  const { t, locale } = useI18n();
  const [filters, list, lines] = [useCallFilterStore(), useCallListStore(), useLinesStore()];
  const text = useRecordText();
  const party = useParty();

  function period({ from, to }: CallFilter): string {
    if (from !== undefined && to === undefined && from === dayStart(Date.now())) return text.day(from);
    const names = dateFormat(locale.value, 'dayOfMonth');
    if (from === undefined) return t('filter.chip.until', { day: names.format((to ?? 0) - 1) });
    if (to === undefined) return t('filter.chip.since', { day: names.format(from) });
    return from === dayStart(from) && to === addDays(from, 1)
      ? text.day(from)
      : names.formatRange(from, Math.max(from, to - 1));
  }

  /** Whose calls these are: all of those listed are theirs. */
  function who(fallback: string): string {
    const call = list.calls[0];
    return call ? text.title(call) : fallback;
  }

  return computed<FilterChip[]>(() => {
    const { filter } = filters;
    const {
      direction,
      internal,
      lineId,
      disposition,
      outcome,
      talked,
      hour,
      personId,
      partyKey,
      from,
      to,
      missedOpen,
      followUp,
    } = filter;
    const chips: (FilterChip | false | undefined)[] = [
      (personId ?? partyKey) !== undefined && {
        id: 'person',
        label: t('filter.chip.person', { who: who(partyKey ?? t('filter.field.person')) }),
        without: { personId: undefined, partyKey: undefined },
      },
      direction && { id: 'direction', label: t(`filter.direction.${direction}`), without: { direction: undefined } },
      internal !== undefined && {
        id: 'kind',
        label: t(`filter.kind.${internal ? 'internal' : 'external'}`),
        without: { internal: undefined },
      },
      lineId !== undefined && {
        id: 'line',
        label: t('filter.chip.line', { line: lines.labelOf(lineId) }),
        without: { lineId: undefined },
      },
      disposition && {
        id: 'disposition',
        label: t(`record.outcome.${disposition}`),
        without: { disposition: undefined },
      },
      talked !== undefined && {
        id: 'talked',
        label: t(`filter.chip.${talked ? 'talked' : 'notTalked'}`),
        without: { talked: undefined },
      },
      outcome !== undefined && {
        id: 'outcome',
        label: t('filter.chip.outcome', { outcome: party.clean(outcome) }),
        without: { outcome: undefined },
      },
      (from ?? to) !== undefined && {
        id: 'period',
        label: period(filter),
        without: { from: undefined, to: undefined },
      },
      hour !== undefined && {
        id: 'hour',
        label: t('filter.chip.hour', { from: `${hour}:00`, to: `${(hour + 1) % 24}:00` }),
        without: { hour: undefined },
      },
      missedOpen === false && {
        id: 'missedOpen',
        label: t('filter.chip.notMissed'),
        without: { missedOpen: undefined },
      },
      followUp === false && { id: 'followUp', label: t('filter.chip.noFollowUp'), without: { followUp: undefined } },
    ];
    return chips.filter((chip): chip is FilterChip => chip !== false && chip !== undefined);
  });
}
