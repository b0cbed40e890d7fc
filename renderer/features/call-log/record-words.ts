import type { CallRecord } from '#contract/ipc/index.ts';

/** Missed by us: what the list shows in red and offers to call back. */
export function isMissed(record: CallRecord): boolean {
  return record.disposition === 'missed';
}

/** Key of the word for how a call went, apart from one that was talked. */
export function outcomeKey(record: CallRecord): string {
  if (record.disposition === null) return 'record.outcome.underway';
  return `record.outcome.${record.disposition}`;
}

/** Talking time in ms, or null where nobody talked. */
export function talkMilliseconds(record: CallRecord): number | null {
  if (record.answeredAt === null || record.endedAt === null) return null;
  return Math.max(0, record.endedAt - record.answeredAt);
}

/** What to dial to reach the party again, the extension included; null for a withheld number. */
export function redialText(record: CallRecord): string | null {
  if (record.withheld || (!record.number && !record.display)) return null;
  return (record.number ?? record.display) + (record.extension ? `,${record.extension}` : '');
}

/** Whether a record answers to what is in the box: part of a name, or digits of a number. */
export function matches(record: CallRecord, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase('ru');
  if (wanted === '') return true;
  if ((record.name ?? '').toLocaleLowerCase('ru').includes(wanted)) return true;
  const digits = wanted.replace(/\D/g, '');
  return digits !== '' && !/\p{L}/u.test(wanted) && `${record.number ?? ''} ${record.display.replace(/\D/g, '')}`.includes(digits);
}
