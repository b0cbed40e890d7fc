import type { CallVoices } from './call-voices.ts';
import type { CallRecorder } from './call-recorder.ts';

export interface RecordingDeskOptions {
  /** Begins at once; throws where that is not possible. `onFailed` may come at any time later. */
  createRecorder: (callId: string, onFailed: (error: unknown) => void) => Pick<CallRecorder, 'setVoices' | 'stop'>;
  /** The call is not recorded any more, against the user's will. */
  onFailed: (callId: string, error: unknown) => void;
}

type Recorder = ReturnType<RecordingDeskOptions['createRecorder']>;

/** Has a recorder for each call that is wanted and has its voices here; nothing that goes wrong reaches the call. */
export class RecordingDesk {
  readonly #options: RecordingDeskOptions;
  readonly #voices = new Map<string, CallVoices>();
  readonly #recorders = new Map<string, Recorder>();
  #wanted: ReadonlySet<string> = new Set();

  constructor(options: RecordingDeskOptions) {
    this.#options = options;
  }

  /** Null: the call has ended, or its sound has gone to another window. */
  setVoices(callId: string, voices: CallVoices | null): void {
    if (voices) this.#voices.set(callId, voices);
    else this.#voices.delete(callId);
    if (voices) this.#recorders.get(callId)?.setVoices(voices);
    this.#steer();
  }

  want(callIds: ReadonlySet<string>): void {
    this.#wanted = new Set(callIds);
    this.#steer();
  }

  #steer(): void {
    for (const callId of [...this.#recorders.keys()]) {
      if (!this.#wanted.has(callId) || !this.#voices.has(callId)) this.#stop(callId);
    }
    for (const [callId, voices] of this.#voices) {
      if (this.#wanted.has(callId) && !this.#recorders.has(callId)) this.#start(callId, voices);
    }
  }

  #start(callId: string, voices: CallVoices): void {
    let recorder: Recorder | null = null;
    const failed = (error: unknown) => {
      // What failed may be the end of an earlier recording of the same call.
      if (recorder && this.#recorders.get(callId) !== recorder) return;
      this.#wanted = new Set([...this.#wanted].filter((id) => id !== callId));
      this.#stop(callId);
      this.#options.onFailed(callId, error);
    };
    try {
      recorder = this.#options.createRecorder(callId, failed);
      this.#recorders.set(callId, recorder);
      recorder.setVoices(voices);
    } catch (error) {
      failed(error);
    }
  }

  #stop(callId: string): void {
    const recorder = this.#recorders.get(callId);
    this.#recorders.delete(callId);
    void recorder?.stop();
  }
}
