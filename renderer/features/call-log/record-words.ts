import type { CallFilter, CallRecord, LoggedCall } from '#contract/ipc/index.ts';
import { withExtension } from '#renderer/features/call/with-extension.ts';

/** Missed by us, whether or not somebody saw to it since. */
export function isMissed(record: CallRecord): boolean {
  return record.disposition === 'missed';
}

/** Missed, and still to be looked after: what the list shows in red and counts. */
export function isOpenMissed({ missed }: LoggedCall): boolean {
  return missed !== null && missed.handledAt === null;
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
  return withExtension(record.number ?? record.display, record.extension);
}

/** All calls of whoever this call was with; null where nobody can know. */
export function partyFilter({ person, record }: LoggedCall): CallFilter | null {
  if (person) return { personId: person.id };
  return record.partyKey === null ? null : { partyKey: record.partyKey };
}

/** The party as known now, for the words that show a name before a number. */
export function partyNow({
  record,
  person,
}: LoggedCall): Pick<CallRecord, 'name' | 'display' | 'extension' | 'withheld'> {
  if (!person) return record;
  // Linked by hand, a withheld number has a name all the same.
  return { ...record, name: person.name, withheld: false };
}

/** Whose card a call asks for: the person's where one is known, else the number's; null where nobody can know. */
export function cardQuestion({ person, record }: LoggedCall): { personId: string } | { partyKey: string } | null {
  if (person) return { personId: person.id };
  return record.partyKey === null ? null : { partyKey: record.partyKey };
}
