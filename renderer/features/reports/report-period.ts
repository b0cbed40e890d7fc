import type { ReportPeriod } from '#contract/ipc/index.ts';

export const periodNames = [
  'today',
  'yesterday',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
  'quarter',
  'year',
  'own',
] as const;
export type PeriodName = (typeof periodNames)[number];

export interface ComparedPeriod {
  period: ReportPeriod;
  /** What it is compared with: the same days of the week, month, quarter or year before. */
  before: ReportPeriod;
}

const padded = (value: number, length = 2) => String(value).padStart(length, '0');

/** The calendar day of a moment, as this computer's zone has it. */
export function toDate(moment: number | Date): string {
  const date = new Date(moment);
  return `${padded(date.getFullYear(), 4)}-${padded(date.getMonth() + 1)}-${padded(date.getDate())}`;
}

/** Local midnight at which a calendar day begins, and with `days` some days later, in Unix ms. */
export function startOf(date: string, days = 0): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + days).getTime();
}

export const addDays = (date: string, days: number) => toDate(startOf(date, days));

/** The same day some months before, or the last one of a month that is too short for it. */
function monthsBefore(date: string, months: number): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(year, month - months, 0).getDate();
  return toDate(new Date(year, month - 1 - months, Math.min(day, last)));
}

const monthStart = (date: string, months = 0) => monthsBefore(`${date.slice(0, 8)}01`, months);
const monday = (date: string) => addDays(date, -((new Date(startOf(date)).getDay() + 6) % 7));
const daysIn = ({ from, to }: ReportPeriod) => Math.round((startOf(to) - startOf(from)) / 86_400_000) + 1;

function since(from: string, to: string, months: number): ComparedPeriod {
  return { period: { from, to }, before: { from: monthsBefore(from, months), to: monthsBefore(to, months) } };
}

function moved(period: ReportPeriod, days: number): ComparedPeriod {
  return { period, before: { from: addDays(period.from, -days), to: addDays(period.to, -days) } };
}

/** The days that a named period means today; `own` is the user's range, its ends in either order. */
export function periodOf(name: PeriodName, own: ReportPeriod, now: number): ComparedPeriod {
  const today = toDate(now);
  const quarterMonth = (Number(today.slice(5, 7)) - 1) % 3;
  switch (name) {
    case 'today':
      return moved({ from: today, to: today }, 1);
    case 'yesterday':
      return moved({ from: addDays(today, -1), to: addDays(today, -1) }, 1);
    case 'thisWeek':
      return moved({ from: monday(today), to: today }, 7);
    case 'lastWeek':
      return moved({ from: addDays(monday(today), -7), to: addDays(monday(today), -1) }, 7);
    case 'thisMonth':
      return since(monthStart(today), today, 1);
    case 'lastMonth': {
      const period = { from: monthStart(today, 1), to: addDays(monthStart(today), -1) };
      return { period, before: { from: monthStart(today, 2), to: addDays(period.from, -1) } };
    }
    case 'quarter':
      return since(monthStart(today, quarterMonth), today, 3);
    case 'year':
      return since(`${today.slice(0, 4)}-01-01`, today, 12);
    case 'own': {
      const period = own.from <= own.to ? own : { from: own.to, to: own.from };
      return moved(period, daysIn(period));
    }
  }
}
