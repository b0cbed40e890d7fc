import type { CallRecord } from '#contract/ipc/index.ts';
import type { JournalRecord } from './journal-records.ts';

/** Whether a call belongs into a journal, whenever it ended. */
export function wantsCall({ journal }: JournalRecord, record: CallRecord): boolean {
  if (!journal.enabled || record.endedAt === null) return false;
  if (journal.calls === 'answered' && record.answeredAt === null) return false;
  return journal.internal || !record.internal;
}
