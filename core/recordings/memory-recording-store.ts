import { OffhookError } from '#contract/errors.ts';
import type { Recording } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { FinishedRecording, NewRecording, RecordingStore } from './recording-store.ts';

interface Kept {
  recording: Recording;
  content: Uint8Array[];
  peaks: Uint8Array | null;
  open: boolean;
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(pieces.flatMap((piece) => [...piece]));
}

/** Recordings that are forgotten with the program; a test may make writing fail, and files vanish. */
export class MemoryRecordingStore implements RecordingStore {
  private readonly kept = new Map<string, Kept>();
  private readonly changed = new Emitter<readonly string[]>();
  /** Set to make every piece that is to be written fail with it. */
  failure: OffhookError | null = null;

  readonly onChanged = this.changed.event;

  async begin(begun: NewRecording): Promise<void> {
    if (this.failure) throw this.failure;
    const recording: Recording = { ...begun, durationMilliseconds: null, bytes: 0, state: 'recording' };
    this.kept.set(begun.id, { recording, content: [], peaks: null, open: true });
    this.changed.fire([begun.callId]);
  }

  async append(id: string, offset: number, chunk: Uint8Array): Promise<void> {
    const { recording, content } = this.opened(id);
    if (offset !== recording.bytes) throw new OffhookError('bridge.invalid-arguments');
    if (this.failure) throw this.failure;
    content.push(chunk.slice());
    recording.bytes += chunk.length;
  }

  async finish(id: string, { durationMilliseconds, peaks }: FinishedRecording): Promise<void> {
    const kept = this.opened(id);
    kept.open = false;
    if (kept.recording.bytes === 0) return this.remove(id);
    Object.assign(kept.recording, { durationMilliseconds, state: 'complete' });
    kept.peaks = peaks;
    this.changed.fire([kept.recording.callId]);
  }

  async closeLeftOpen(): Promise<number> {
    const left = [...this.kept.values()].filter(({ recording, open }) => recording.state === 'recording' && !open);
    for (const { recording } of left) {
      if (recording.bytes === 0) await this.remove(recording.id);
      else Object.assign(recording, { durationMilliseconds: 0, state: 'complete' });
    }
    if (left.length > 0) this.changed.fire([...new Set(left.map(({ recording }) => recording.callId))]);
    return left.length;
  }

  async list(callId: string): Promise<Recording[]> {
    return this.all((recording) => recording.callId === callId).map((each) => this.asItIs(each));
  }

  async read(id: string, offset: number, length: number): Promise<{ chunk: Uint8Array; bytes: number }> {
    const { recording, content } = this.required(id);
    if (recording.state === 'missing') throw new OffhookError('recording.missing', { values: { file: id } });
    return { chunk: join(content).slice(offset, offset + length), bytes: recording.bytes };
  }

  async peaks(id: string): Promise<Uint8Array | null> {
    return this.kept.get(id)?.peaks ?? null;
  }

  async savePeaks(id: string, peaks: Uint8Array): Promise<void> {
    this.required(id).peaks = peaks;
  }

  async remove(id: string): Promise<void> {
    const { callId } = this.required(id).recording;
    this.kept.delete(id);
    this.changed.fire([callId]);
  }

  async removeOf(callIds: readonly string[]): Promise<number> {
    const found = this.all((recording) => callIds.includes(recording.callId));
    for (const { id } of found) this.kept.delete(id);
    if (found.length > 0) this.changed.fire([...new Set(found.map(({ callId }) => callId))]);
    return found.length;
  }

  async totals(): Promise<{ count: number; bytes: number }> {
    const there = this.all((recording) => recording.state !== 'missing');
    return { count: there.length, bytes: there.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  async olderThan(unixMs: number): Promise<Recording[]> {
    return this.all((recording) => recording.startedAt < unixMs && !this.kept.get(recording.id)?.open).map((each) =>
      this.asItIs(each),
    );
  }

  /** Somebody deletes the file. */
  lose(id: string): void {
    this.required(id).recording.state = 'missing';
  }

  /** As a crash leaves it: what is being made belongs to nobody. */
  restart(): this {
    for (const kept of this.kept.values()) kept.open = false;
    return this;
  }

  private asItIs(recording: Recording): Recording {
    const left = recording.state === 'recording' && !this.kept.get(recording.id)?.open;
    return { ...recording, state: left ? 'complete' : recording.state };
  }

  private all(wanted: (recording: Recording) => boolean): Recording[] {
    const found = [...this.kept.values()].map(({ recording }) => recording).filter(wanted);
    return found.sort((a, b) => a.startedAt - b.startedAt);
  }

  private required(id: string): Kept {
    const kept = this.kept.get(id);
    if (!kept) throw new OffhookError('recording.unknown');
    return kept;
  }

  private opened(id: string): Kept {
    const kept = this.required(id);
    if (!kept.open) throw new OffhookError('recording.unknown');
    return kept;
  }
}
