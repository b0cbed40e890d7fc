import { OffhookError } from '#contract/errors.ts';
import type { CallVoices } from './call-voices.ts';
import type { PeakMeter } from './peak-meter.ts';
import type { RecordingUpload } from './recording-upload.ts';
import type { VoiceMixer } from './voice-mixer.ts';

/** Stereo Opus; 64 kbit/s keep the two voices apart, and an hour comes to about 29 MB. */
export const recorderOptions: MediaRecorderOptions = {
  mimeType: 'audio/webm;codecs=opus',
  audioBitsPerSecond: 64_000,
};
/** Nothing longer than this is lost with the window. */
const pieceMilliseconds = 1000;
/** Well within the reach of the meter. */
const meterMilliseconds = 250;

export interface CallRecorderOptions {
  mixer: VoiceMixer;
  createRecorder: (stream: MediaStream) => MediaRecorder;
  /** Made at once; it tells by itself when the agent takes no more. */
  upload: RecordingUpload;
  now: () => number;
  /** Runs again and again until the answer is called. */
  every: (milliseconds: number, run: () => void) => () => void;
  /** The browser's recorder gave up. */
  onFailed: (error: OffhookError) => void;
}

/** Records one call: what the mixer hears, piece by piece to the agent, with the wave form as it goes. */
export class CallRecorder {
  readonly #options: CallRecorderOptions;
  readonly #recorder: MediaRecorder;
  readonly #meter: PeakMeter;
  readonly #startedAt: number;
  readonly #stopMeter: () => void;
  readonly #finished: Promise<void>;
  #peaks: number[] = [];
  #stoppedAt: number | null = null;

  /** @throws OffhookError `recording.failed` where the browser cannot record */
  constructor(options: CallRecorderOptions) {
    this.#options = options;
    const { mixer, createRecorder, now, every, upload } = options;
    try {
      this.#recorder = createRecorder(mixer.stream);
      this.#recorder.start(pieceMilliseconds);
    } catch (cause) {
      void upload.finish(0);
      throw new OffhookError('recording.failed', { detail: String(cause), cause });
    }
    this.#startedAt = now();
    this.#meter = mixer.createMeter();
    this.#stopMeter = every(meterMilliseconds, () => this.#measure());
    this.#recorder.addEventListener('dataavailable', ({ data }) => {
      this.#measure();
      if (data.size > 0) upload.add(data, Uint8Array.from(this.#peaks.splice(0)));
    });
    this.#recorder.addEventListener('error', (event) => {
      options.onFailed(
        new OffhookError('recording.failed', { detail: String((event as ErrorEvent).error ?? event.type) }),
      );
    });
    // The last piece comes before this event (MediaStream Recording § 2.3), also when the browser stops by itself.
    this.#finished = new Promise((resolve) => {
      this.#recorder.addEventListener('stop', () => {
        this.#release();
        void upload.finish(Math.round(this.#elapsed())).then(resolve);
      });
    });
  }

  setVoices(voices: CallVoices): void {
    this.#options.mixer.setVoices(voices);
  }

  /** Resolves when the agent has all of it. */
  stop(): Promise<void> {
    this.#stoppedAt ??= this.#options.now();
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    return this.#finished;
  }

  #elapsed(): number {
    return (this.#stoppedAt ?? this.#options.now()) - this.#startedAt;
  }

  #measure(): void {
    this.#peaks.push(...this.#meter.read(this.#elapsed()));
  }

  #release(): void {
    this.#stoppedAt ??= this.#options.now();
    this.#stopMeter();
    this.#options.mixer.close();
  }
}
