import { useI18n } from 'vue-i18n';
import type { CallRecord, LoggedCall } from '#contract/ipc/index.ts';
import { useParty } from '#renderer/features/call/use-party.ts';
import { dateFormat } from './date-formats.ts';
import { dueAt, hasOpenFollowUp } from './follow-up-times.ts';
import { addDays, dayStart } from './local-days.ts';
import { noteExcerpt } from './note-excerpt.ts';
import { outcomeKey, partyNow, talkMilliseconds } from './record-words.ts';

/** Times, durations and outcomes of a call as sentences. */
export function useRecordText() {
  const { t, locale } = useI18n();
  const party = useParty();
  const format = (at: number, style: Parameters<typeof dateFormat>[1]) => dateFormat(locale.value, style).format(at);
  const time = (at: number) => format(at, 'time');

  function day(start: number, now: number = Date.now()): string {
    if (start === dayStart(now)) return t('record.day.today');
    if (start === addDays(now, -1)) return t('record.day.yesterday');
    if (start === addDays(now, 1)) return t('record.day.tomorrow');
    const thisYear = new Date(start).getFullYear() === new Date(now).getFullYear();
    if (thisYear) return format(start, 'day');
    return format(start, 'date');
  }

  /** Day and time where there is little room: `пт, 27 нояб., 12:00`. */
  function shortMoment(at: number, now: number = Date.now(), style: 'short' | 'dated' = 'short'): string {
    const start = dayStart(at);
    const near = [-1, 0, 1].some((days) => start === addDays(now, days));
    const words = near ? day(start, now) : format(at, style);
    return t('record.when.moment', { day: words, time: time(at) });
  }

  /** The same with the year, for what goes far back: `27 нояб. 2025 г., 12:00`. */
  const datedMoment = (at: number) => shortMoment(at, Date.now(), 'dated');

  /** Day and time: `сегодня, 11:40`. */
  const moment = (at: number) => t('record.when.moment', { day: day(dayStart(at)), time: time(at) });

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

  /** How a missed call was handled; empty where it was not, or is none. */
  function handled({ record, missed }: LoggedCall): string {
    if (!missed?.handledAt) return '';
    const sameDay = dayStart(missed.handledAt) === dayStart(record.offeredAt);
    const at = sameDay ? t('record.when.at', { time: time(missed.handledAt) }) : moment(missed.handledAt);
    return t(missed.handledBy === null ? 'record.handled.byHand' : 'record.handled.byCall', { at });
  }

  const title = (call: LoggedCall) => party.title(partyNow(call));
  const noteStart = (call: LoggedCall, looked = '') => party.clean(noteExcerpt(call.annotation?.note ?? '', looked));

  /** What the second line of a row says, from what matters most. `looked`: the text that the list is searched for. */
  function summary(call: LoggedCall, looked = ''): string {
    const { annotation } = call;
    const followUp = hasOpenFollowUp(call) ? t('record.followUp.short', { at: shortMoment(dueAt(call)) }) : '';
    const own = [noteStart(call, looked), annotation?.outcome ?? '', ...(annotation?.tags ?? [])].map((text) =>
      party.clean(text),
    );
    const parts = [party.subtitle(partyNow(call)), outcome(call.record), handled(call), ...own, followUp];
    return parts.filter(Boolean).join(' · ');
  }

  return { time, day, moment, shortMoment, datedMoment, duration, outcome, handled, title, noteStart, summary };
}
