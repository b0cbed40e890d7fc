import type { PackedFile } from '#core/storage/index.ts';
import type { RecordingShelf, RecordingTotals } from './recording-shelf.ts';

export interface ShelvedRecording {
  callId: string;
  startedAt: number;
  bytes: number;
}

function totalsOf(recordings: readonly ShelvedRecording[]): RecordingTotals {
  return { count: recordings.length, bytes: recordings.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Recordings without files; empty until a test fills it. */
export class MemoryRecordingShelf implements RecordingShelf {
  folder: string | null = null;
  recordings: ShelvedRecording[] = [];
  packed: PackedFile[] = [];

  async totals(): Promise<RecordingTotals> {
    return totalsOf(this.recordings);
  }

  async before(moment: number): Promise<RecordingTotals> {
    return totalsOf(this.recordings.filter(({ startedAt }) => startedAt < moment));
  }

  async timeOfOldest(bytes: number): Promise<number | null> {
    let sum = 0;
    for (const recording of this.oldestFirst()) {
      sum += recording.bytes;
      if (sum >= bytes) return recording.startedAt + 1;
    }
    return null;
  }

  async removeBefore(moment: number, limit: number): Promise<RecordingTotals> {
    return this.remove(
      this.oldestFirst()
        .filter(({ startedAt }) => startedAt < moment)
        .slice(0, limit),
    );
  }

  async countOf(callIds: readonly string[]): Promise<RecordingTotals> {
    return totalsOf(this.recordings.filter(({ callId }) => callIds.includes(callId)));
  }

  async removeOf(callIds: readonly string[]): Promise<RecordingTotals> {
    return this.remove(this.recordings.filter(({ callId }) => callIds.includes(callId)));
  }

  async files(): Promise<PackedFile[]> {
    return this.packed;
  }

  private remove(gone: readonly ShelvedRecording[]): RecordingTotals {
    this.recordings = this.recordings.filter((recording) => !gone.includes(recording));
    return totalsOf(gone);
  }

  private oldestFirst(): ShelvedRecording[] {
    return this.recordings.toSorted((a, b) => a.startedAt - b.startedAt);
  }
}
