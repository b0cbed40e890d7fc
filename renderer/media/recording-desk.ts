import type { CallVoices } from './call-voices.ts';
import type { CallRecorder } from './call-recorder.ts';

export interface RecordingDeskOptions {
  /** Begins at once; throws where that is not possible. `onFailed` may come at any time later. */
  createRecorder: (callId: string, onFailed: (error: unknown) => void) => Pick<CallRecorder, 'setVoices' | 'stop'>;
  /** A call is not recorded any more, against the user's will. */
  onEnded: (callId: string) => void;
  /** What the user is to be told: why it ended, or that the last piece of one that was stopped is lost. */
  onFailed: (error: unknown) => void;
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
    const recorder = this.#recorders.get(callId);
    if (voices && recorder) this.#lead(callId, recorder, voices);
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
    let own: Recorder | null = null;
    try {
      own = this.#options.createRecorder(callId, (error) => {
        // One that was stopped already may fail late: that is nothing to the one that took its place.
        if (own && this.#recorders.get(callId) === own) this.#fail(callId, error);
        else this.#options.onFailed(error);
      });
    } catch (error) {
      return this.#fail(callId, error);
    }
    this.#recorders.set(callId, own);
    this.#lead(callId, own, voices);
  }

  #lead(callId: string, recorder: Recorder, voices: CallVoices): void {
    try {
      recorder.setVoices(voices);
    } catch (error) {
      this.#fail(callId, error);
    }
  }

  #fail(callId: string, error: unknown): void {
    this.#wanted = new Set([...this.#wanted].filter((id) => id !== callId));
    this.#stop(callId);
    this.#options.onEnded(callId);
    this.#options.onFailed(error);
  }

  #stop(callId: string): void {
    const recorder = this.#recorders.get(callId);
    this.#recorders.delete(callId);
    void recorder?.stop();
  }
}
