import { OffhookError } from '#contract/errors.ts';
import { toRecordingError } from './recording-error.ts';
import type { RecordingWriter } from './recording-files.ts';

/** A minute of sound comes to less than half a megabyte: beyond this the disk hangs, and memory must not follow. */
const mostWaiting = 8 * 1024 * 1024;

/** A file that grows piece by piece, in order; the first failure is the last piece. */
export class WritingFile {
  readonly callId: string;
  readonly file: string;
  private readonly writer: RecordingWriter;
  private accepted = 0;
  private last: Promise<void> = Promise.resolve();
  private failure: OffhookError | null = null;
  /** Bytes on the disk. */
  written = 0;
  /** Nothing more is taken; what was taken before is still written. */
  closed = false;

  constructor(callId: string, file: string, writer: RecordingWriter) {
    this.callId = callId;
    this.file = file;
    this.writer = writer;
  }

  async append(offset: number, chunk: Uint8Array): Promise<void> {
    if (offset !== this.accepted)
      throw new OffhookError('bridge.invalid-arguments', { detail: `recordings.append: ${this.accepted} is next` });
    if (this.accepted - this.written + chunk.length > mostWaiting)
      throw new OffhookError('recording.failed', { values: { file: this.file }, detail: 'the disk does not keep up' });
    this.accepted += chunk.length;
    const turn = this.last.then(() => this.write(chunk));
    this.last = turn.catch(() => undefined);
    await turn;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    await this.writer.close();
  }

  private async write(chunk: Uint8Array): Promise<void> {
    if (this.failure) throw this.failure;
    try {
      await this.writer.write(chunk);
      this.written += chunk.length;
    } catch (error) {
      throw (this.failure = toRecordingError(error, this.file));
    }
  }
}
