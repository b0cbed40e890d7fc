import { addDays, dayStart } from './local-days.ts';

export type PeriodName = 'any' | 'today' | 'yesterday' | 'week' | 'month' | 'range';

export interface Period {
  /** Unix ms, offered at or after. */
  from?: number;
  /** Unix ms, offered before. */
  to?: number;
}

/** The last 7 and 30 days for week and month, today included. */
export function periodOf(name: Exclude<PeriodName, 'range'>, now: number): Period {
  const days = { any: null, today: 0, yesterday: -1, week: -6, month: -29 }[name];
  if (days === null) return { from: undefined, to: undefined };
  return { from: addDays(now, days), to: name === 'yesterday' ? dayStart(now) : undefined };
}

/** Which of the periods a filter has; `range` for any other. */
export function periodName({ from, to }: Period, now: number): PeriodName {
  const names = ['any', 'today', 'yesterday', 'week', 'month'] as const;
  const same = (period: Period) => period.from === from && period.to === to;
  return names.find((name) => same(periodOf(name, now))) ?? 'range';
}

/** As `<input type="date">` has it; empty for none. */
export function toDateInput(moment: number | undefined): string {
  if (moment === undefined) return '';
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Local midnight of the day, Unix ms; undefined for what is no day (yet). */
export function fromDateInput(text: string): number | undefined {
  const [year, month, day] = text.split('-').map(Number);
  if (!year || !month || !day || year < 1970) return undefined;
  return new Date(year, month - 1, day).getTime();
}
