import { OffhookError } from '#contract/errors.ts';
import type { Recording } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import { toRecordingError } from './recording-error.ts';
import type { RecordingFiles } from './recording-files.ts';
import { RecordingIndex, type IndexedRecording } from './recording-index.ts';
import { fileOf } from './recording-path.ts';
import type { FinishedRecording, NewRecording, RecordingStore } from './recording-store.ts';
import { WritingFile } from './writing-file.ts';

export { recordingsSchema } from './recordings-schema.ts';

/** Recordings as files, and an index of them in the database. */
export class FileRecordingStore implements RecordingStore {
  private readonly files: RecordingFiles;
  private readonly index: RecordingIndex;
  private readonly changed = new Emitter<readonly string[]>();
  /** What is being written in this run. */
  private readonly writing = new Map<string, WritingFile>();
  /** Ended, but the database would not take it yet. */
  private readonly owed = new Map<string, { bytes: number; end: FinishedRecording }>();

  readonly onChanged = this.changed.event;

  constructor(options: { files: RecordingFiles; database: Database }) {
    this.files = options.files;
    this.index = new RecordingIndex(options.database);
  }

  async begin(recording: NewRecording): Promise<void> {
    const file = fileOf(recording);
    try {
      const writer = await this.files.create(file);
      try {
        await this.index.add(recording, file);
      } catch (error) {
        await writer.close();
        await this.files.remove(file);
        throw error;
      }
      this.writing.set(recording.id, new WritingFile(recording.callId, file, writer));
    } catch (error) {
      throw toRecordingError(error, file);
    }
    this.changed.fire([recording.callId]);
  }

  async append(id: string, offset: number, chunk: Uint8Array): Promise<void> {
    await this.written(id).append(offset, chunk);
  }

  async finish(id: string, end: FinishedRecording): Promise<void> {
    const writing = this.written(id);
    await writing.close();
    const there = await this.files.look(writing.file).catch(() => null);
    if (there?.bytes === 0) return this.erase([{ id, file: writing.file, callId: writing.callId }]);
    // Until here it is being made for all who ask; from here on they are told how it ended.
    this.owed.set(id, { bytes: there?.bytes ?? writing.written, end });
    this.writing.delete(id);
    await this.settle();
    this.changed.fire([writing.callId]);
  }

  async closeLeftOpen(): Promise<number> {
    const left = (await this.index.leftOpen()).filter(({ recording }) => !this.writing.has(recording.id));
    for (const { recording, file } of left) {
      const there = await this.files.look(file);
      const durationMilliseconds = there && Math.max(0, there.modifiedAt - recording.startedAt);
      if (there?.bytes === 0) await this.erase([{ ...recording, file }]);
      else if (there) await this.index.complete(recording.id, there.bytes, { durationMilliseconds, peaks: null });
      else await this.index.setState(recording.id, 'missing', recording.bytes);
    }
    if (left.length > 0) this.changed.fire([...new Set(left.map(({ recording }) => recording.callId))]);
    return left.length;
  }

  async list(callId: string): Promise<Recording[]> {
    await this.settle();
    return await Promise.all((await this.index.ofCall(callId)).map((each) => this.asItIs(each)));
  }

  async read(id: string, offset: number, length: number): Promise<{ chunk: Uint8Array; bytes: number }> {
    const { recording, file } = await this.required(id);
    const piece = await this.files.read(file, offset, length).catch((error: unknown) => {
      throw toRecordingError(error, file);
    });
    if (piece) return piece;
    if (recording.state !== 'missing') {
      await this.note(recording, 'missing', recording.bytes);
      this.changed.fire([recording.callId]);
    }
    throw new OffhookError('recording.missing', { values: { file }, detail: file });
  }

  async peaks(id: string): Promise<Uint8Array | null> {
    return this.owed.get(id)?.end.peaks ?? (await this.index.peaks(id));
  }

  async savePeaks(id: string, peaks: Uint8Array): Promise<void> {
    await this.required(id);
    await this.index.savePeaks(id, peaks);
  }

  async remove(id: string): Promise<void> {
    const { recording, file } = await this.required(id);
    await this.erase([{ ...recording, file }]);
  }

  async removeOf(callIds: readonly string[]): Promise<number> {
    const found = await this.index.ofCalls(callIds);
    await this.erase(found.map(({ recording, file }) => ({ ...recording, file })));
    return found.length;
  }

  async totals(): Promise<{ count: number; bytes: number }> {
    await this.settle();
    const { count, bytes } = await this.index.totals();
    return { count, bytes: [...this.writing.values()].reduce((sum, { written }) => sum + written, bytes) };
  }

  async olderThan(unixMs: number): Promise<Recording[]> {
    const found = await this.index.olderThan(unixMs);
    const ended = found.filter(({ recording }) => !this.writing.has(recording.id));
    return await Promise.all(ended.map((each) => this.asItIs(each)));
  }

  /** Files first: what is cut off between the two shows as missing, and is never forgotten on the disk. */
  private async erase(all: readonly { id: string; file: string; callId: string }[]): Promise<void> {
    for (const { id, file } of all) {
      await this.writing.get(id)?.close();
      this.writing.delete(id);
      await this.files.remove(file).catch((error: unknown) => {
        throw toRecordingError(error, file);
      });
      this.owed.delete(id);
    }
    if (all.length === 0) return;
    await this.index.remove(all.map(({ id }) => id));
    this.changed.fire([...new Set(all.map(({ callId }) => callId))]);
  }

  private async asItIs({ recording, file }: IndexedRecording): Promise<Recording> {
    const writing = this.writing.get(recording.id);
    if (writing) return { ...recording, bytes: writing.written };
    const end = this.owed.get(recording.id)?.end;
    // A file that is there but cannot be looked at tells why when it is played.
    const there = await this.files.look(file).catch(() => ({ bytes: recording.bytes }));
    const state = there ? 'complete' : 'missing';
    const bytes = there?.bytes ?? recording.bytes;
    const durationMilliseconds = end?.durationMilliseconds ?? recording.durationMilliseconds;
    if (recording.state !== state) await this.note(recording, state, bytes);
    return { ...recording, durationMilliseconds, state, bytes };
  }

  /** The disk is the truth and the index its copy: one that cannot be renewed now is renewed the next time. */
  private async note({ id }: Recording, state: Recording['state'], bytes: number): Promise<void> {
    if (!this.owed.has(id)) await this.index.setState(id, state, bytes).catch(() => undefined);
  }

  /** Tells the database what it would not take before; until it does, it is remembered here. */
  private async settle(): Promise<void> {
    for (const [id, { bytes, end }] of this.owed) {
      const taken = await this.index.complete(id, bytes, end).then(
        () => true,
        () => false,
      );
      if (!taken) return;
      this.owed.delete(id);
    }
  }

  private written(id: string): WritingFile {
    const writing = this.writing.get(id);
    if (!writing || writing.closed) throw new OffhookError('recording.unknown');
    return writing;
  }

  private async required(id: string): Promise<IndexedRecording> {
    const found = await this.index.find(id);
    if (!found) throw new OffhookError('recording.unknown');
    return found;
  }
}
