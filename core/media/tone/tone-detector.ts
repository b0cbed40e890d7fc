/** A pure tone as found in samples. */
export interface Tone {
  /** Hz. */
  frequency: number;
  /** dBFS of its peak: a sine at full scale is 0. */
  level: number;
  /** dB of the tone above everything else in the window. */
  signalToNoise: number;
}

/** Hz. */
const coarseStep = 20;

/** Amplitude (0–1, of 16-bit full scale) of one frequency in the samples, by Goertzel's algorithm. */
export function goertzel(samples: Int16Array, sampleRate: number, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const s0 = samples[i]! + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length / 32768;
}

/**
 * The strongest frequency between 100 Hz and 3800 Hz (or just below half the sample rate).
 * Null for silence (below −60 dBFS). Whether it is a tone at all tells `signalToNoise`.
 */
export function strongestTone(samples: Int16Array, sampleRate: number): Tone | null {
  const top = Math.min(3800, sampleRate / 2 - 100);
  let best = 0;
  let bestAmplitude = 0;
  for (let frequency = 100; frequency <= top; frequency += coarseStep) {
    const amplitude = goertzel(samples, sampleRate, frequency);
    if (amplitude > bestAmplitude) [best, bestAmplitude] = [frequency, amplitude];
  }
  if (bestAmplitude < 0.001) return null;
  const frequency = refine(samples, sampleRate, best);
  const amplitude = goertzel(samples, sampleRate, frequency);
  let energy = 0;
  for (const sample of samples) energy += (sample / 32768) ** 2;
  const total = energy / samples.length;
  const tone = amplitude ** 2 / 2;
  const noise = Math.max(total - tone, total * 1e-6);
  return { frequency, level: 20 * Math.log10(amplitude), signalToNoise: 10 * Math.log10(tone / noise) };
}

/** Narrows the peak down by thirds. */
function refine(samples: Int16Array, sampleRate: number, around: number): number {
  let low = around - coarseStep;
  let high = around + coarseStep;
  while (high - low > 0.5) {
    const third = (high - low) / 3;
    if (goertzel(samples, sampleRate, low + third) < goertzel(samples, sampleRate, high - third)) low += third;
    else high -= third;
  }
  return (low + high) / 2;
}

/** Finds tones in a stream of samples: looks at the last 80 ms, every 40 ms. */
export class ToneDetector {
  private readonly sampleRate: number;
  private readonly minimumSignalToNoise: number;
  private readonly minimumLevel: number;
  private readonly window: Int16Array;
  private filled = 0;

  /** @param options.minimumSignalToNoise dB, 10 when left out; `minimumLevel` dBFS, −45 when left out */
  constructor(sampleRate: number, options: { minimumSignalToNoise?: number; minimumLevel?: number } = {}) {
    this.sampleRate = sampleRate;
    this.minimumSignalToNoise = options.minimumSignalToNoise ?? 10;
    this.minimumLevel = options.minimumLevel ?? -45;
    this.window = new Int16Array(Math.round(sampleRate * 0.08));
  }

  /** Returns the tones that the windows completed by these samples hold. */
  add(samples: Int16Array): Tone[] {
    const tones: Tone[] = [];
    const { window } = this;
    for (let offset = 0; offset < samples.length;) {
      const count = Math.min(window.length - this.filled, samples.length - offset);
      window.set(samples.subarray(offset, offset + count), this.filled);
      this.filled += count;
      offset += count;
      if (this.filled < window.length) continue;
      const tone = strongestTone(window, this.sampleRate);
      if (tone && tone.signalToNoise >= this.minimumSignalToNoise && tone.level >= this.minimumLevel) tones.push(tone);
      window.copyWithin(0, window.length >> 1);
      this.filled = window.length - (window.length >> 1);
    }
    return tones;
  }
}

/** Continuous sine, frame after frame. */
export class ToneGenerator {
  private phase = 0;
  private readonly sampleRate: number;

  constructor(sampleRate: number) {
    this.sampleRate = sampleRate;
  }

  /**
   * @param frequency Hz; null for silence
   * @param level dBFS of the peak
   */
  next(samples: number, frequency: number | null, level = -12): Int16Array {
    const frame = new Int16Array(samples);
    if (frequency === null) return frame;
    const amplitude = 32767 * 10 ** (level / 20);
    const step = (2 * Math.PI * frequency) / this.sampleRate;
    for (let i = 0; i < samples; i++) {
      frame[i] = Math.round(amplitude * Math.sin(this.phase));
      this.phase = (this.phase + step) % (2 * Math.PI);
    }
    return frame;
  }
}
