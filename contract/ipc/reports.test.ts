import { describe, expect, it } from 'vitest';
import { reportQuery } from './reports.ts';

const ask = (from: string, to: string, part: object = {}) =>
  reportQuery.safeParse({ kind: 'days', period: { from, to }, ...part }).success;

describe('what may be asked of a report', () => {
  it('is a period of days, both included', () => {
    expect(ask('2026-01-31', '2026-01-31')).toBe(true);
    expect(ask('2024-02-29', '2026-01-31', { filter: { internal: false }, limit: 400 })).toBe(true);
  });

  it.each([
    ['2026-02-01', '2026-01-31'],
    ['2026-02-30', '2026-03-01'],
    ['1970-01-01', '2026-01-01'],
    ['2026-01-01T00:00', '2026-01-02'],
    ["2026-01-01' --", '2026-01-02'],
  ])('is not %s to %s', (from, to) => {
    expect(ask(from, to)).toBe(false);
  });

  it('is never more rows than a chart can show', () => {
    expect(ask('2026-01-01', '2026-01-02', { limit: 401 })).toBe(false);
  });
});
