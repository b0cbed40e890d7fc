import type { CellValue } from '#core/office/sheets/workbook-writer.ts';

type DateValue = Extract<CellValue, { kind: 'date' }>;

const day = 86_400_000;
/** 1 January 1970 in days of a spreadsheet (ECMA-376 part 1, 18.17.4.1), which begin with 1900 or with 1904. */
const unixEpoch = { 1900: 25_569, 1904: 24_107 };

/** The same wall clock time as if it were UTC: what a sheet holds has no time zone. */
function wallClock(at: number): number {
  const moment = new Date(at);
  return at - moment.getTimezoneOffset() * 60_000;
}

/** Days since the beginning of the workbook's calendar, with a fraction for the time in whole minutes. */
export function serialOf({ at, withTime }: DateValue, date1904: boolean): number {
  const clock = wallClock(at);
  const whole = Math.floor(clock / day);
  const minutes = withTime ? Math.floor((clock - whole * day) / 60_000) : 0;
  return whole + unixEpoch[date1904 ? 1904 : 1900] + minutes / 1440;
}

const two = (value: number) => String(value).padStart(2, '0');

/** As people here write it: `26.11.2026 14:05`. */
export function dateText({ at, withTime }: DateValue): string {
  const clock = new Date(wallClock(at));
  const date = `${two(clock.getUTCDate())}.${two(clock.getUTCMonth() + 1)}.${clock.getUTCFullYear()}`;
  return withTime ? `${date} ${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())}` : date;
}

/** Every way in which the reader may show it once it is written. */
export function datesShown(value: DateValue): string[] {
  const iso = new Date(wallClock(value.at)).toISOString();
  const date = iso.slice(0, 10);
  const moment = `${date} ${iso.slice(11, 16)}`;
  return [dateText(value), date, ...(value.withTime ? [moment] : [])];
}
