const patterns: readonly [
  RegExp,
  readonly ['day' | 'month' | 'year', 'day' | 'month' | 'year', 'day' | 'month' | 'year'],
][] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/, ['year', 'month', 'day']],
  [/^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)/, ['day', 'month', 'year']],
];
const time = /^[T, ]+(\d{1,2}):(\d{2})(?::(\d{2}))?/;

/**
 * Unix ms of a date as a sheet shows it, in this computer's zone: `26.11.2026 14:05`, `2026-11-26`, `11/26/26`. With
 * slashes the month comes first in the United States alone. Null for what is no date.
 */
export function readShownDate(text: string, country: string): number | null {
  const given = text.trim();
  for (const [pattern, names] of patterns) {
    const found = pattern.exec(given);
    if (!found) continue;
    const parts = { day: 0, month: 0, year: 0 };
    for (const [index, name] of names.entries()) parts[name] = Number(found[index + 1]);
    const swapped =
      (given.includes('/') && country === 'US' && parts.month <= 31 && parts.day <= 12) || parts.month > 12;
    if (swapped) [parts.day, parts.month] = [parts.month, parts.day];
    if (parts.year < 100) parts.year += 2000;
    const clock = time.exec(given.slice(found[0].length));
    const [hour, minute, second] = [clock?.[1], clock?.[2], clock?.[3]].map((part) => Number(part ?? 0));
    const date = new Date(parts.year, parts.month - 1, parts.day, hour, minute, second);
    return date.getMonth() === parts.month - 1 && date.getDate() === parts.day ? date.getTime() : null;
  }
  return null;
}
