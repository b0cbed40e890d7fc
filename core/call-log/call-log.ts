import type { ErrorReport } from '#contract/errors.ts';
import type { CallRecord } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

export interface CallLogPeriod {
  /** Unix ms, included. */
  from: number;
  /** Unix ms, excluded. */
  to: number;
  limit: number;
}

/**
 * The facts about calls. A record may be written again while its `endedAt` is null; once it is set, the fact is
 * immutable and later writes of the same id change nothing; `offeredAt` is that of the first write. Writes of one call
 * never overtake each other.
 */
export interface CallLog {
  /**
   * Resolves when the record is on the disk. Rejects with a `storage.*` code when it is not there yet; it is then kept
   * in memory, shown by `list`, and written as soon as that is possible. Nobody has to ask again.
   */
  record(record: CallRecord): Promise<void>;
  /** Offered within the period, newest first. */
  list(period: CallLogPeriod): Promise<CallRecord[]>;
  /** Number (or display, where there is no number) of the last outgoing call; null when there was none. */
  lastDialled(): Promise<string | null>;
  /** Ends what a crash left open: `endedAt` is set to `now` (Unix ms), disposition `cut`. Gives what it ended. */
  closeOpenRecords(now: number): Promise<CallRecord[]>;
  /** After the record is safe, or, while nothing can be written, after it is kept in memory. */
  readonly onRecorded: Event<CallRecord>;
  /** What keeps records from the disk now; null when all is well. */
  readonly problem: ErrorReport | null;
  readonly onProblem: Event<ErrorReport | null>;
}
