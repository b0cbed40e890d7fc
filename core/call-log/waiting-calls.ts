import type { CallFilter, CallRecord, LoggedCall } from '#contract/ipc/index.ts';
import type { PeopleIndex } from '#core/contacts/index.ts';
import { matchesFilter } from './matches-filter.ts';

/** Those of the records which wait for the disk that a filter lets through, as the list shows them, newest first. */
export function waitingCalls(waiting: readonly CallRecord[], people: PeopleIndex, filter: CallFilter): LoggedCall[] {
  const calls = waiting.map((record): LoggedCall => {
    const missed = record.disposition === 'missed' ? { handledAt: null, handledBy: null } : null;
    return { record, annotation: null, person: people.personOf(record.partyKey), missed, hasRecording: false };
  });
  return calls.filter((call) => matchesFilter(call, filter)).sort((a, b) => b.record.offeredAt - a.record.offeredAt);
}
