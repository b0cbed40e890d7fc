import { useI18n } from 'vue-i18n';
import type { LoggedCall } from '#contract/ipc/index.ts';
import { useParty } from '#renderer/features/call/use-party.ts';

export interface PrintedRow {
  id: string;
  date: string;
  time: string;
  direction: string;
  who: string;
  number: string;
  line: string;
  ended: string;
  talking: string;
  note: string;
}

/** Longer notes would fill the page; the file has them whole. */
const longestNote = 400;
const minute = 60_000;

/** `4:05`, or `1:02:03`, of ms. */
function clockDuration(milliseconds: number): string {
  const total = Math.round(milliseconds / 1000);
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const end = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(seconds).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${end}` : end;
}

/** A call as a row on paper; days and times are those of the call's own zone. */
export function usePrintedRows() {
  const { t, locale } = useI18n();
  const party = useParty();
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale.value, { timeZone: 'UTC', ...options });

  function noteOf({ annotation }: LoggedCall): string {
    if (!annotation) return '';
    const text = [annotation.outcome, annotation.note, annotation.tags.join(', ')]
      .map((part) => part?.trim())
      .filter(Boolean)
      .join(' · ');
    const shown = text.replace(/\s+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
    return shown.length > longestNote ? `${shown.slice(0, longestNote)}…` : shown;
  }

  function rowsOf(calls: readonly LoggedCall[]): PrintedRow[] {
    const [date, time] = [format({ dateStyle: 'short' }), format({ timeStyle: 'short' })];
    return calls.map((call) => {
      const { record, person } = call;
      const moment = record.offeredAt + record.zoneOffsetMinutes * minute;
      const talked = record.answeredAt !== null && record.endedAt !== null;
      return {
        id: record.id,
        date: date.format(moment),
        time: time.format(moment),
        direction: t(`record.direction.${record.disposition === 'missed' ? 'missed' : record.direction}`),
        who: record.withheld ? '' : party.clean(person?.name ?? record.name ?? ''),
        number: party.number(record),
        line: party.clean(record.lineLabel),
        ended: t(`record.outcome.${record.disposition ?? 'underway'}`),
        talking: talked ? clockDuration(record.endedAt! - record.answeredAt!) : '',
        note: noteOf(call),
      };
    });
  }

  /** First and last day of what is printed, in words; the filter's own bounds where it has them. */
  function period(calls: readonly LoggedCall[], from?: number, to?: number): string {
    const day = format({ dateStyle: 'medium' });
    const local = (moment: number) => moment - new Date(moment).getTimezoneOffset() * minute;
    const there = (call: LoggedCall | undefined) =>
      call && call.record.offeredAt + call.record.zoneOffsetMinutes * minute;
    const first = from === undefined ? there(calls.at(-1)) : local(from);
    const last = to === undefined ? there(calls[0]) : local(to - 1);
    if (first === undefined || last === undefined) return '';
    const [begin, end] = [day.format(first), day.format(last)];
    return begin === end ? begin : t('print.period.text', { from: begin, to: end });
  }

  return { rowsOf, period };
}
