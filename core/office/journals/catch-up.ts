import type { CallRecord } from '#contract/ipc/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';
import type { Outbox } from '#core/sync/index.ts';
import type { JournalRecord } from './journal-records.ts';
import { wantsCall } from './wants-call.ts';

/** ms: no call is longer, so whatever ended after a moment was offered so long before it at most. */
const longestCall = 24 * 3_600_000;
const pageSize = 200;

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
  const filter = { from: Math.max(since, lookedAt) - longestCall };
  const found: CallRecord[] = [];
  for (let after: string | null = null; ;) {
    const page = await archive.query({ filter, after, limit: pageSize });
    const wanted = page.calls
      .map((call) => call.record)
      .filter((call) => wantsCall(record, call) && (call.endedAt ?? 0) >= since);
    const known = await outbox.known(wanted.map(({ id }) => keyOf(journal.id, id)));
    found.push(...wanted.filter(({ id }) => !known.has(keyOf(journal.id, id))));
    after = page.next;
    if (after === null) return found.toReversed();
  }
}
