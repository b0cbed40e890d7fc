import type { Clock, Disposable } from '#core/foundation/index.ts';
import { createAudioCodec, type AudioCodec } from '../codec/audio-codec.ts';
import { loadOpusCodec } from '../codec/opus-codec.ts';
import type { CodecName } from '../media-leg.ts';
import { frameSamples } from '../prompt/prompt.ts';
import type { RtpView } from '../rtp/rtp-packet.ts';
import { ToneDetector, ToneGenerator, type Tone } from '../tone/tone-detector.ts';
import type { NearSide } from './near-side.ts';

/** ms. */
const frameLength = 20;
const reportInterval = 100;

export interface SyntheticSideOptions {
  clock: Clock;
  sendFrame: (payload: Buffer, samples: number) => void;
  onTone: (tone: Tone) => void;
}

/** A tone generator and detector in place of a window. */
export class SyntheticSide implements NearSide {
  private readonly options: SyntheticSideOptions;
  private readonly timer: Disposable;
  private readonly startedAt: number;
  private framesSent = 0;
  private codecName: CodecName | null = null;
  private codec: AudioCodec | null = null;
  private generator: ToneGenerator | null = null;
  private detector: ToneDetector | null = null;
  private frequency: number | null = null;
  private reportedAt = -Infinity;

  constructor(options: SyntheticSideOptions) {
    this.options = options;
    this.startedAt = options.clock.monotonic();
    this.timer = options.clock.every(frameLength / 2, () => this.speak());
  }

  setTone(frequency: number | null): void {
    this.frequency = frequency;
  }

  setCodec(codec: CodecName): void {
    if (codec === this.codecName) return;
    this.codecName = codec;
    this.use(createAudioCodec(codec) ?? loadOpusCodec());
  }

  hear(view: RtpView, codec: CodecName): void {
    if (codec !== this.codecName || !this.codec || !this.detector) return;
    const { clock, onTone } = this.options;
    for (const tone of this.detector.add(this.decode(this.codec, view.payload))) {
      if (clock.monotonic() - this.reportedAt < reportInterval) continue;
      this.reportedAt = clock.monotonic();
      onTone(tone);
    }
  }

  dispose(): void {
    this.timer.dispose();
  }

  private decode(codec: AudioCodec, payload: Buffer): Int16Array {
    try {
      return codec.decode(payload);
    } catch {
      // libopus refuses a broken packet; that is a gap in what is heard and nothing more.
      return new Int16Array(0);
    }
  }

  private use(codec: AudioCodec | null): void {
    this.codec = codec;
    this.generator = codec && new ToneGenerator(codec.sampleRate);
    this.detector = codec && new ToneDetector(codec.sampleRate);
  }

  /** Frames are due on an absolute schedule; the timer only looks twice as often. */
  private speak(): void {
    const due = Math.floor((this.options.clock.monotonic() - this.startedAt) / frameLength);
    if (due - this.framesSent > 10) this.framesSent = due - 1;
    for (; this.framesSent < due; this.framesSent++) {
      if (!this.codec || !this.generator || !this.codecName) continue;
      const samples = this.generator.next((this.codec.sampleRate * frameLength) / 1000, this.frequency);
      this.options.sendFrame(this.codec.encode(samples), frameSamples(this.codecName));
    }
  }
}
