import { useI18n } from 'vue-i18n';
import type { ReportGrain, ReportPeriod } from '#contract/ipc/index.ts';
import { startOf } from './report-period.ts';
import type { ValueKind } from './report-view.ts';

/** Made once for a language and a form: a table has thousands of figures, and each of these takes its time to make. */
const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function kept<Format extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => Format): Format {
  const present = formats.get(key) as Format | undefined;
  if (present) return present;
  const made = make();
  formats.set(key, made);
  return made;
}

/** Figures and days of a report in the window's language. */
export function useReportWords() {
  const { t, locale } = useI18n();
  const format = (options: Intl.DateTimeFormatOptions) =>
    kept(`${locale.value} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale.value, options));
  const numbers = (style: 'decimal' | 'percent') =>
    kept(`${locale.value} ${style}`, () => new Intl.NumberFormat(locale.value, { style, maximumFractionDigits: 0 }));
  const count = (value: number) => numbers('decimal').format(value);
  const share = (value: number) => numbers('percent').format(value);

  /** A line may break between hours and minutes, not between a number and its unit. */
  const time = (milliseconds: number) => duration(milliseconds).replace(/(?<=\d) (?=\p{L})/gu, '\u00a0');

  function duration(milliseconds: number): string {
    const total = Math.round(milliseconds / 1000);
    const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
    if (hours >= 100 || (hours > 0 && minutes === 0)) return t('duration.hours.whole', { hours: count(hours) });
    if (hours > 0) return t('duration.hours.short', { hours, minutes });
    if (minutes > 0 && seconds === 0) return t('duration.minutes.whole', { minutes });
    if (minutes > 0) return t('duration.minutes.short', { minutes, seconds });
    return t('duration.seconds.short', { seconds });
  }

  function value(kind: ValueKind, figure: number | null | undefined): string {
    if (figure === null || figure === undefined) return '–';
    return { count, share, time }[kind](figure);
  }

  const day = (date: string, options: Intl.DateTimeFormatOptions) => format(options).format(startOf(date));

  /** A day, or the days from the first to the last. */
  function period({ from, to }: ReportPeriod): string {
    const dates = format({ day: 'numeric', month: 'long', year: 'numeric' });
    return from === to ? dates.format(startOf(from)) : dates.formatRange(startOf(from), startOf(to));
  }

  function span(of: ReportPeriod, grain: ReportGrain): string {
    if (grain === 'day') return day(of.from, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
    if (grain === 'month') return day(of.from, { month: 'long', year: 'numeric' });
    return period(of);
  }

  function shortSpan({ from }: ReportPeriod, grain: ReportGrain): string {
    return day(from, grain === 'month' ? { month: 'short', year: '2-digit' } : { day: 'numeric', month: 'short' });
  }

  const hour = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

  return { count, share, time, value, period, span, shortSpan, hour };
}
