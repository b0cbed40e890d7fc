const steps = [
  { unit: 'minute', milliseconds: 60_000 },
  { unit: 'hour', milliseconds: 3_600_000 },
  { unit: 'day', milliseconds: 86_400_000 },
] as const;
const dayMilliseconds = 86_400_000;

/** `5 минут назад`, `через 2 часа`; null for less than a minute either way; a date from a week on. Unix ms. */
export function relativeTime(at: number, now: number, locale: string): string | null {
  const away = Math.abs(at - now);
  if (away < 60_000) return null;
  if (away >= 7 * dayMilliseconds) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
  const { unit, milliseconds } = steps.findLast((step) => away >= step.milliseconds) ?? steps[0];
  const count = Math.trunc((at - now) / milliseconds);
  return new Intl.RelativeTimeFormat(locale).format(count, unit).replace(' ', '\u00a0');
}
