/** Making a formatter costs more than all that it formats in a screenful of rows, so each is made once. */
const made = new Map<string, Intl.DateTimeFormat>();

const styles = {
  time: { hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayOfMonth: { day: 'numeric', month: 'long' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  /** With the year, in a column. */
  dated: { day: 'numeric', month: 'short', year: 'numeric' },
  short: { weekday: 'short', day: 'numeric', month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export function dateFormat(locale: string, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${locale}/${style}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, styles[style]);
  made.set(key, format);
  return format;
}
