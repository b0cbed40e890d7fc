import type { Journal } from '#contract/ipc/index.ts';

/** A journal as it is kept. Times are Unix ms. */
export interface JournalRecord {
  journal: Journal;
  /** Calls that ended before are none of its business. */
  since: number;
  /** All calls that ended before are in the outbox. */
  lookedAt: number;
}

/** The list of journals. Rejects with a `storage.*` code. */
export interface JournalRecords {
  /** In the order in which they were made. One that this program cannot read is left out. */
  load(): Promise<JournalRecord[]>;
  /** Adds one behind the others, or changes it. */
  put(record: JournalRecord): Promise<void>;
  remove(journalId: string): Promise<void>;
}
