import type { PackedFile } from '#core/storage/index.ts';

export interface RecordingTotals {
  count: number;
  bytes: number;
}

/** The recordings as housekeeping needs them: by age, by size and by the calls that they belong to. */
export interface RecordingShelf {
  /** The folder that all files lie in; null where there is none. */
  readonly folder: string | null;
  totals(): Promise<RecordingTotals>;
  /** Those begun before `moment` (Unix ms). */
  before(moment: number): Promise<RecordingTotals>;
  /** The time before which at least so many bytes lie; null where there are none. */
  timeOfOldest(bytes: number): Promise<number | null>;
  /** Files and rows of at most `limit` of them; nothing when none are left. A file that has vanished is no error. */
  removeBefore(moment: number, limit: number): Promise<RecordingTotals>;
  countOf(callIds: readonly string[]): Promise<RecordingTotals>;
  removeOf(callIds: readonly string[]): Promise<RecordingTotals>;
  /** All files, for a backup. */
  files(): Promise<PackedFile[]>;
}
