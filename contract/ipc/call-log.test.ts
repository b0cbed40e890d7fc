import { expect, it } from 'vitest';
import { annotationPatch } from './call-log.ts';

it('takes moments of a follow-up in whole milliseconds alone, as they are kept', () => {
  const takes = (patch: object) => annotationPatch.safeParse(patch).success;
  expect(takes({ followUpAt: 1_768_467_600_000, snoozedUntil: null })).toBe(true);
  for (const moment of [1.5, 1e300, '2026-01-15']) {
    expect(takes({ followUpAt: moment }), String(moment)).toBe(false);
    expect(takes({ snoozedUntil: moment }), String(moment)).toBe(false);
  }
});
