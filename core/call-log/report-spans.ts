import type { ReportGrain, ReportPeriod } from '#contract/ipc/index.ts';

const dayMilliseconds = 86_400_000;

/** Days are counted from 1 January 1970, as `call_tally` counts them. Both ends are included. */
export interface DayRange {
  from: number;
  to: number;
}

export const toDay = (date: string) => Date.parse(date) / dayMilliseconds;
export const toDate = (day: number) => new Date(day * dayMilliseconds).toISOString().slice(0, 10);
export const toRange = ({ from, to }: ReportPeriod): DayRange => ({ from: toDay(from), to: toDay(to) });

/** As many days just before. */
export function rangeBefore({ from, to }: DayRange): DayRange {
  return { from: from - (to - from + 1), to: from - 1 };
}

/** Coarse enough for a chart. */
export function grainOf({ from, to }: DayRange): ReportGrain {
  const days = to - from + 1;
  if (days < 92) return 'day';
  return days < 730 ? 'week' : 'month';
}

/** First day of the day, week (from Monday) or month that a day lies in. */
export function spanStart(day: number, grain: ReportGrain): number {
  if (grain === 'day') return day;
  // 1 January 1970 was a Thursday.
  if (grain === 'week') return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * dayMilliseconds);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / dayMilliseconds;
}

/** The spans that a range falls into, in order, each with its start and the part of it that lies in the range. */
export function spansOf({ from, to }: DayRange, grain: ReportGrain): (DayRange & { start: number })[] {
  const spans: (DayRange & { start: number })[] = [];
  for (let day = from; day <= to; day += 1) {
    const start = spanStart(day, grain);
    const last = spans.at(-1);
    if (last?.start === start) last.to = day;
    else spans.push({ start, from: day, to: day });
  }
  return spans;
}

/** Rows of every span of the range, made of what was counted by the start of a span. */
export function fillSpans<Counts, Figures>(
  range: DayRange,
  grain: ReportGrain,
  counted: ReadonlyMap<number, Counts>,
  toRow: (counts: Counts | undefined) => Figures,
): (ReportPeriod & Figures)[] {
  return spansOf(range, grain).map(({ start, from, to }) => ({
    from: toDate(from),
    to: toDate(to),
    ...toRow(counted.get(start)),
  }));
}
