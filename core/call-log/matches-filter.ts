import type { CallFilter, CallRecord, LoggedCall } from '#contract/ipc/index.ts';
import { readSearchText, splitWords } from './search-text.ts';

function localHour(record: CallRecord): number {
  return Math.floor((record.offeredAt + record.zoneOffsetMinutes * 60_000) / 3_600_000) % 24;
}

function digitsOf({ number, extension }: CallRecord): string {
  return number === null || number.startsWith('sip:') ? '' : `${number} ${extension ?? ''}`;
}

function answersTo(text: string, { record, annotation, person }: LoggedCall): boolean {
  const { words, digits, numbers } = readSearchText(text);
  if (words.length === 0) return true;
  if (record.endedAt === null) return false;
  const number = digitsOf(record);
  const address = record.number?.startsWith('sip:') ? record.display : record.internal ? record.number : '';
  const added = annotation ? `${annotation.note} ${annotation.outcome ?? ''} ${annotation.tags.join(' ')}` : '';
  const own = splitWords(`${record.name ?? ''} ${person?.name ?? ''} ${address} ${added}`);
  const begins = (parts: readonly string[], word: string) => parts.some((part) => part.startsWith(word));
  const withLetters = words.some((word) => !/^\d+$/.test(word));
  const inOwn = (word: string) => begins(own, word) || (withLetters && digits.includes(word) && number.includes(word));
  if (words.every(inOwn)) return true;
  return numbers.some((part) => number.includes(part));
}

/** Whether a call is among those that the filter lets through: the meaning of a filter, without a database. */
export function matchesFilter(call: LoggedCall, filter: CallFilter): boolean {
  const { record, annotation, missed, person } = call;
  const followUp = annotation !== null && annotation.followUpAt !== null && annotation.followUpDoneAt === null;
  const rules: [unknown, () => boolean][] = [
    [filter.from, () => record.offeredAt >= filter.from!],
    [filter.to, () => record.offeredAt < filter.to!],
    [filter.direction, () => record.direction === filter.direction],
    [filter.lineId, () => record.lineId === filter.lineId],
    [filter.partyKey, () => record.partyKey === filter.partyKey],
    [filter.personId, () => person?.id === filter.personId],
    [filter.disposition, () => record.disposition === filter.disposition],
    [filter.talked, () => (record.answeredAt !== null) === filter.talked],
    [filter.internal, () => record.internal === filter.internal],
    [filter.hour, () => localHour(record) === filter.hour],
    [filter.outcome, () => annotation?.outcome === filter.outcome],
    [filter.followUp, () => followUp === filter.followUp],
    [filter.missedOpen, () => (missed !== null && missed.handledAt === null) === filter.missedOpen],
    [filter.text, () => answersTo(filter.text!, call)],
  ];
  return rules.every(([given, holds]) => given === undefined || holds());
}
