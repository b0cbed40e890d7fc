import { describe, expect, it } from 'vitest';
import { relativeTime } from './relative-time.ts';

const now = Date.UTC(2026, 0, 14, 12);
const say = (minutes: number, locale = 'ru') =>
  relativeTime(now + minutes * 60_000, now, locale)?.replaceAll('\u00a0', ' ') ?? null;

describe('a time beside now', () => {
  it('is said as people say it, both ways', () => {
    expect([-5, -61, -60 * 50, 10].map((minutes) => say(minutes))).toEqual([
      '5 минут назад',
      '1 час назад',
      '2 дня назад',
      'через 10 минут',
    ]);
    expect(say(-5, 'en')).toBe('5 minutes ago');
  });

  it('is none within a minute, and a date from a week on', () => {
    expect([say(0.5), say(-0.9)]).toEqual([null, null]);
    expect(say(-60 * 24 * 9)).toBe('5 янв. 2026 г.');
  });
});
