import type { CallRecord } from '#contract/ipc/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';
import type { Outbox } from '#core/sync/index.ts';
import { callsEndingAfter } from '../recent-calls.ts';
import type { JournalRecord } from './journal-records.ts';
import { wantsCall } from './wants-call.ts';

export interface CatchUpDependencies {
  archive: Pick<CallArchive, 'query'>;
  outbox: Pick<Outbox, 'known'>;
  keyOf: (journalId: string, callId: string) => string;
}

/**
 * Calls that a journal should have been told of and the outbox does not know, oldest first: the agent died, or the disk
 * was full, between their end and their way into the outbox.
 */
export async function callsMissedBy(record: JournalRecord, dependencies: CatchUpDependencies): Promise<CallRecord[]> {
  const { archive, outbox, keyOf } = dependencies;
  const { since, lookedAt, journal } = record;
  const found: CallRecord[] = [];
  for await (const calls of callsEndingAfter(archive, Math.max(since, lookedAt))) {
    const wanted = calls.filter((call) => wantsCall(record, call) && (call.endedAt ?? 0) >= since);
    const known = await outbox.known(wanted.map(({ id }) => keyOf(journal.id, id)));
    found.push(...wanted.filter(({ id }) => !known.has(keyOf(journal.id, id))));
  }
  return found.toReversed();
}
