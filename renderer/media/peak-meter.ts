/** What one pair of peaks stands for in a recording that is being made (see the agent's `peak-collector.ts`). */
export const peakMilliseconds = 100;

/** Distance of the loudest sample from zero, 0–255. */
export function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return Math.min(255, Math.round(peak * 255));
}

/** Where the last samples of a sound can be read: an AnalyserNode. */
export interface RecentSamples {
  readonly fftSize: number;
  getFloatTimeDomainData(samples: Float32Array<ArrayBuffer>): void;
}

/**
 * Measures two sounds while they pass. Timers of a window out of sight come late: what has passed out of the reach of
 * `RecentSamples` by then is drawn as the oldest that is left.
 */
export class PeakMeter {
  readonly #sounds: readonly [RecentSamples, RecentSamples];
  readonly #momentSamples: number;
  #measured = 0;

  constructor(sounds: readonly [RecentSamples, RecentSamples], sampleRate: number) {
    this.#sounds = sounds;
    this.#momentSamples = Math.round((sampleRate * peakMilliseconds) / 1000);
  }

  /** Pairs of bytes (first sound, second sound) for the moments that were completed since the last reading. */
  read(elapsedMilliseconds: number): Uint8Array {
    const due = Math.max(0, Math.floor(elapsedMilliseconds / peakMilliseconds) - this.#measured);
    const pairs = new Uint8Array(due * 2);
    this.#sounds.forEach((sound, at) => {
      const samples = new Float32Array(sound.fftSize);
      if (due > 0) sound.getFloatTimeDomainData(samples);
      for (let moment = 0; moment < due; moment++) {
        const end = samples.length - (due - 1 - moment) * this.#momentSamples;
        const from = Math.max(0, end - this.#momentSamples);
        pairs[moment * 2 + at] = peakOf(samples.subarray(from, Math.max(end, from + this.#momentSamples)));
      }
    });
    this.#measured += due;
    return pairs;
  }
}
