import { OffhookError, toReport } from '#contract/errors.ts';
import { DisposableStore, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import { PeakCollector } from './peak-collector.ts';
import type { RecordingStore } from './recording-store.ts';

export interface OpenRecordingsDependencies {
  recordings: RecordingStore;
  clock: Clock;
  logger: Logger;
  newId: () => string;
  /** Whether this phone has a call of that id that is up. */
  isLive: (callId: string) => boolean;
}

interface Open {
  callId: string;
  maker: object;
  peaks: PeakCollector;
}

/** A window sends its last piece when the call is over; one that does not is not waited for. */
const lastPieceMilliseconds = 5000;
/** The window that has the sound, and those that had it just before. */
const mostOfOneCall = 4;

/**
 * The recordings that are being made, each by one window (its `maker`). Whatever becomes of the window, the call or
 * the disk, the file is closed and stays as far as it came; the call never knows.
 */
export class OpenRecordings implements Disposable {
  private readonly dependencies: OpenRecordingsDependencies;
  private readonly open = new Map<string, Open>();
  private readonly timers = new DisposableStore();

  constructor(dependencies: OpenRecordingsDependencies) {
    this.dependencies = dependencies;
  }

  /** @throws OffhookError `call.unknown`, `call.not-possible-now` when this window records it already, or of the store */
  async start(callId: string, maker: object): Promise<string> {
    const { recordings, clock, newId, isLive } = this.dependencies;
    if (!isLive(callId)) throw new OffhookError('call.unknown');
    const same = [...this.open.values()].filter((each) => each.callId === callId);
    if (same.some((each) => each.maker === maker) || same.length >= mostOfOneCall)
      throw new OffhookError('call.not-possible-now', { detail: 'this call is being recorded' });
    const id = newId();
    this.open.set(id, { callId, maker, peaks: new PeakCollector() });
    try {
      await recordings.begin({ id, callId, source: 'computer', mediaType: 'audio/webm', startedAt: clock.now() });
    } catch (error) {
      this.open.delete(id);
      throw error;
    }
    // It may all be over by now: the window gone, the call ended.
    if (!this.open.has(id)) await recordings.finish(id, { durationMilliseconds: 0, peaks: null });
    else if (!isLive(callId)) this.ended(callId);
    return id;
  }

  /** @throws OffhookError `recording.unknown` for one that this window does not make, or of the store: it has ended then */
  async append(id: string, maker: object, offset: number, chunk: Uint8Array, peaks: Uint8Array): Promise<void> {
    const open = this.required(id, maker);
    try {
      await this.dependencies.recordings.append(id, offset, chunk);
      open.peaks.add(peaks);
    } catch (error) {
      if (this.open.has(id)) await this.close(id, null);
      throw error;
    }
  }

  async finish(id: string, maker: object, durationMilliseconds: number): Promise<void> {
    this.required(id, maker);
    await this.close(id, durationMilliseconds);
  }

  /** A window has gone. */
  leave(maker: object): void {
    for (const [id, open] of this.open) if (open.maker === maker) void this.close(id, null);
  }

  /** A call has ended: the last piece is on its way. */
  ended(callId: string): void {
    const left = () => [...this.open].filter(([, open]) => open.callId === callId);
    if (left().length === 0) return;
    const late = () => left().forEach(([id]) => void this.close(id, null));
    this.timers.add(this.dependencies.clock.after(lastPieceMilliseconds, late));
  }

  /** Closes every file; resolves when that is done. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.open.keys()].map((id) => this.close(id, null)));
  }

  dispose(): void {
    this.timers.dispose();
  }

  private async close(id: string, durationMilliseconds: number | null): Promise<void> {
    const open = this.open.get(id);
    if (!open) return;
    this.open.delete(id);
    const { peaks } = open;
    try {
      const end = { durationMilliseconds: durationMilliseconds ?? peaks.milliseconds, peaks: peaks.wave() };
      await this.dependencies.recordings.finish(id, end);
    } catch (error) {
      const { code, detail } = toReport(error);
      // Removed meanwhile, or closed again at the next start, from what is on the disk.
      this.dependencies.logger.warn('a recording was not closed as it should be', { code, detail });
    }
  }

  private required(id: string, maker: object): Open {
    const open = this.open.get(id);
    if (open?.maker !== maker) throw new OffhookError('recording.unknown');
    return open;
  }
}
