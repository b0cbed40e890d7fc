import { describe, expect, it } from 'vitest';
import { addDays, periodOf, startOf, toDate, type PeriodName } from './report-period.ts';

/** A Wednesday. */
const now = new Date(2026, 2, 11, 15, 30).getTime();
const own = { from: '2026-02-20', to: '2026-02-11' };

describe('the period of a report', () => {
  it.each<[PeriodName, string, string, string, string]>([
    ['today', '2026-03-11', '2026-03-11', '2026-03-10', '2026-03-10'],
    ['yesterday', '2026-03-10', '2026-03-10', '2026-03-09', '2026-03-09'],
    ['thisWeek', '2026-03-09', '2026-03-11', '2026-03-02', '2026-03-04'],
    ['lastWeek', '2026-03-02', '2026-03-08', '2026-02-23', '2026-03-01'],
    ['thisMonth', '2026-03-01', '2026-03-11', '2026-02-01', '2026-02-11'],
    ['lastMonth', '2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31'],
    ['quarter', '2026-01-01', '2026-03-11', '2025-10-01', '2025-12-11'],
    ['year', '2026-01-01', '2026-03-11', '2025-01-01', '2025-03-11'],
    ['own', '2026-02-11', '2026-02-20', '2026-02-01', '2026-02-10'],
  ])('%s means %s to %s, compared with %s to %s', (name, from, to, beforeFrom, beforeTo) => {
    expect(periodOf(name, own, now)).toEqual({ period: { from, to }, before: { from: beforeFrom, to: beforeTo } });
  });

  it('stays in the month before where that is shorter', () => {
    const { before } = periodOf('thisMonth', own, new Date(2026, 2, 31).getTime());
    expect(before).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });

  it('begins at the local midnight of a day and ends at the next one', () => {
    expect(startOf('2026-03-11')).toBe(new Date(2026, 2, 11).getTime());
    expect(toDate(startOf('2026-02-28', 1) - 1)).toBe('2026-02-28');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  });
});
