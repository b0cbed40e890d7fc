import { OffhookError } from '#contract/errors.ts';
import type { AgentBridge } from '#contract/ipc/index.ts';
import { recordingChunkBytes } from '#contract/ipc/index.ts';
import { toBase64 } from './base64.ts';

/** Hands a recording over to the agent as it is made: piece after piece, each only when the one before is safe. */
export class RecordingUpload {
  readonly #bridge: AgentBridge;
  readonly #onFailed: (error: unknown) => void;
  readonly #recordingId: Promise<string>;
  #last: Promise<void>;
  #offset = 0;
  #failed = false;

  /** @param onFailed once, with what the agent said; nothing more is sent then */
  constructor(bridge: AgentBridge, callId: string, onFailed: (error: unknown) => void) {
    this.#bridge = bridge;
    this.#onFailed = onFailed;
    this.#recordingId = bridge.call('recordings.start', { callId }).then(({ recordingId }) => recordingId);
    this.#last = this.#recordingId.then(
      () => {},
      (error: unknown) => this.#fail(error),
    );
  }

  add(piece: Blob, peaks: Uint8Array): void {
    this.#then(async (recordingId) => {
      const bytes = new Uint8Array(await piece.arrayBuffer());
      for (let at = 0; at < bytes.length; at += recordingChunkBytes) {
        const chunk = bytes.subarray(at, at + recordingChunkBytes);
        const measured = at === 0 ? peaks : new Uint8Array();
        const args = { recordingId, offset: this.#offset, chunk: toBase64(chunk), peaks: toBase64(measured) };
        this.#offset += chunk.length;
        await this.#bridge.call('recordings.append', args);
      }
    });
  }

  /** Resolves when the agent has closed the file, or nothing more can be done. */
  finish(durationMilliseconds: number): Promise<void> {
    this.#then(async (recordingId) => {
      await this.#bridge.call('recordings.finish', { recordingId, durationMilliseconds }).catch((error: unknown) => {
        // The agent was quicker: it closes the file of a call that has ended by itself.
        if (!(error instanceof OffhookError && error.code === 'recording.unknown')) throw error;
      });
    });
    return this.#last;
  }

  #then(work: (recordingId: string) => Promise<void>): void {
    this.#last = this.#last.then(async () => {
      if (this.#failed) return;
      await work(await this.#recordingId).catch((error: unknown) => this.#fail(error));
    });
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#onFailed(error);
  }
}
