import type { Recording, RecordingMediaType, RecordingSource } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

export interface NewRecording {
  /** A UUID in small letters, made by this program: the file is named by it. */
  id: string;
  callId: string;
  source: RecordingSource;
  mediaType: RecordingMediaType;
  /** Unix ms. */
  startedAt: number;
}

export interface FinishedRecording {
  /** Null where nobody knows. */
  durationMilliseconds: number | null;
  /** Wave form as `contract/ipc/recordings.ts` describes it, in bytes; null to have it computed later. */
  peaks: Uint8Array | null;
}

/**
 * Recordings of calls, whoever made them: a window piece by piece, or whoever fetches a whole file from the PBX, by
 * the same three steps. A recording is played from its own file; what is known of it lies in an index beside it.
 * Writing rejects with `recording.disk-full` or `recording.failed`, what is not known with `recording.unknown`, a
 * file that is not there any more with `recording.missing`.
 */
export interface RecordingStore {
  begin(recording: NewRecording): Promise<void>;
  /**
   * Resolves when the piece is written. Pieces of one recording never overtake each other; one that does not begin
   * where the last one ended is refused with `bridge.invalid-arguments`. After a failure what was written stays.
   */
  append(id: string, offset: number, chunk: Uint8Array): Promise<void>;
  /** Closes the file for good. One into which nothing came is removed. */
  finish(id: string, end: FinishedRecording): Promise<void>;
  /** Ends what an earlier run left open: it stays as far as it came. Gives how many there were. */
  closeLeftOpen(): Promise<number>;
  /** Of one call, oldest first, with each file as it is now. */
  list(callId: string): Promise<Recording[]>;
  /** Up to `length` bytes from `offset` on, and the bytes of the whole file. */
  read(id: string, offset: number, length: number): Promise<{ chunk: Uint8Array; bytes: number }>;
  peaks(id: string): Promise<Uint8Array | null>;
  savePeaks(id: string, peaks: Uint8Array): Promise<void>;
  /** The file and what is known of it; one that is being made ends by that. */
  remove(id: string): Promise<void>;
  /** Every recording of these calls; gives how many there were. */
  removeOf(callIds: readonly string[]): Promise<number>;
  /** Of all files that were there when last looked at. */
  totals(): Promise<{ count: number; bytes: number }>;
  /** Begun before that moment (Unix ms), oldest first; what is being made is not among them. */
  olderThan(unixMs: number): Promise<Recording[]>;
  /** Ids of calls whose recordings began, ended, vanished or were removed. */
  readonly onChanged: Event<readonly string[]>;
}
