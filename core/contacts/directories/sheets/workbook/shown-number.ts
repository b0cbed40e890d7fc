import type { NumberFormat } from './number-format.ts';

const day = 86_400_000;
/** 1 January 1970 in days of a spreadsheet, which begin with 1900 and count a 29 February too many, or with 1904. */
const unixEpoch = { 1900: 25_569, 1904: 24_107 };
/** The day that never was. */
const leapDay = 60;
/** 31 December 9999. */
const lastDay = 2_958_465;

/** A spreadsheet has 15 digits; what is behind them is noise of the binary fraction. */
const precise = (value: number) => Number(value.toPrecision(15));

/** The shortest text that is exactly the number: never with an exponent where digits can say it. */
export function plainNumber(raw: string): string {
  if (/^-?\d+$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  const rounded = precise(value);
  if (Number.isInteger(rounded) && Math.abs(rounded) < 1e100) return BigInt(rounded).toString();
  return String(rounded);
}

const two = (value: number) => String(value).padStart(2, '0');

function clockTime(ofDay: number): string {
  const seconds = Math.round(ofDay * 86_400);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${two(hours)}:${two(minutes)}${rest === 0 ? '' : `:${two(rest)}`}`;
}

function isoDay(serial: number, date1904: boolean): string {
  const real = date1904 || serial >= leapDay ? serial : serial + 1;
  return new Date((real - unixEpoch[date1904 ? 1904 : 1900]) * day).toISOString().slice(0, 10);
}

function moment(serial: number, date1904: boolean): string {
  const minutes = Math.round(serial * 1440);
  const [whole, ofDay] = [Math.floor(minutes / 1440), minutes % 1440];
  const date = isoDay(whole, date1904);
  return ofDay === 0 ? date : `${date} ${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

function masked(digits: string, pattern: string): string {
  let left = digits;
  let text = '';
  for (const place of [...pattern].reverse()) {
    if (place !== '0' && place !== '#') text = place + text;
    else if (left !== '' || place === '0') {
      text = (left.at(-1) ?? '0') + text;
      left = left.slice(0, -1);
    }
  }
  return left + text;
}

/** What a number of a cell says, as text: days as ISO dates, everything else as short as it is exact. */
export function shownNumber(raw: string, format: NumberFormat, date1904: boolean): string {
  if (format.kind === 'plain') return plainNumber(raw);
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  if (format.kind === 'percent') return `${plainNumber(String(precise(value * 100)))}%`;
  const digits = plainNumber(raw);
  if (format.kind === 'mask') return /^\d+$/.test(digits) ? masked(digits, format.pattern) : digits;
  // A telephone number in a column that was once of dates.
  if (value < 0 || value > lastDay) return digits;
  if (format.kind === 'time' || value < 1) return clockTime(value);
  return format.kind === 'date' ? isoDay(Math.floor(value), date1904) : moment(value, date1904);
}
