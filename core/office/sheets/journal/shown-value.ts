import type { CellValue } from '../workbook-writer.ts';
import { readShownDate } from '../reading/shown-date.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** A value as a sheet is likely to show it. */
export function shownValue(value: CellValue): string {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'empty') return '';
  const at = new Date(value.at);
  const day = `${two(at.getDate())}.${two(at.getMonth() + 1)}.${at.getFullYear()}`;
  return value.withTime ? `${day} ${two(at.getHours())}:${two(at.getMinutes())}` : day;
}

const plain = (text: string) => text.replace(/\r\n?/g, '\n').trim();

/**
 * Whether two texts of a cell say the same: the style of a cell decides how much of a date is shown, and in which order.
 * @param country of the office, for dates with slashes
 */
export function saysTheSame(one: string, other: string, country: string): boolean {
  if (plain(one) === plain(other)) return true;
  const [first, second] = [readShownDate(one, country), readShownDate(other, country)];
  if (first === null || second === null) return false;
  const hasTime = /\d:\d\d/.test(one) && /\d:\d\d/.test(other);
  const unit = (at: number) => (hasTime ? Math.floor(at / 60_000) : new Date(at).toDateString());
  return unit(first) === unit(second);
}
