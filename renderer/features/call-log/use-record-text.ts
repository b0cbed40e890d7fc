import { useI18n } from 'vue-i18n';
import type { CallRecord } from '#contract/ipc/index.ts';
import { dayStart } from './group-by-day.ts';
import { outcomeKey, talkMilliseconds } from './record-words.ts';

/** Times, durations and outcomes of a record as sentences. */
export function useRecordText() {
  const { t, locale } = useI18n();

  const time = (moment: number) => new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit' }).format(moment);

  function day(start: number, now: number = Date.now()): string {
    if (start === dayStart(now)) return t('record.day.today');
    if (start === dayStart(dayStart(now) - 1)) return t('record.day.yesterday');
    return new Intl.DateTimeFormat(locale.value, { weekday: 'long', day: 'numeric', month: 'long' }).format(start);
  }

  function duration(milliseconds: number): string {
    const total = Math.round(milliseconds / 1000);
    const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
    if (hours > 0) return t('duration.hours.short', { hours, minutes });
    if (minutes > 0) return t('duration.minutes.short', { minutes, seconds });
    return t('duration.seconds.short', { seconds });
  }

  function outcome(record: CallRecord): string {
    const talked = talkMilliseconds(record);
    return talked === null || record.disposition === 'cut' ? t(outcomeKey(record)) : duration(talked);
  }

  return { time, day, duration, outcome };
}
