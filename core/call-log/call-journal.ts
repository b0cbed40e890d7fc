import type { CallRecord } from '#contract/ipc/index.ts';

/** Where records wait that the database would not take. */
export interface CallJournal {
  /** What waits since an earlier run, the last state of each call. */
  load(): CallRecord[];
  /** Resolves when it is on the disk; rejects when that is not possible either. */
  append(record: CallRecord): Promise<void>;
  clear(): Promise<void>;
  /**
   * From now on it holds what `records` gives when its turn comes, and nothing else. Where that fails or is cut off, all
   * that it held is still there.
   */
  replace(records: () => readonly CallRecord[]): Promise<void>;
  /** Sets aside, for support to look at, what the database will never take. Gives where it lies. */
  refuse(record: CallRecord, reason: string): Promise<string>;
}
