/** Power of one frequency by the Goertzel algorithm, as dBFS of a sine: 0 is full scale, −∞ is nothing. */
export function toneLevel(samples: Float32Array, rate: number, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / rate);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const next = sample + coefficient * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - coefficient * last * before;
  return 20 * Math.log10((2 * Math.sqrt(Math.max(power, 0))) / Math.max(samples.length, 1));
}

/** Level of everything together, as dBFS of a sine of the same power. */
export function soundLevel(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10((2 * sum) / Math.max(samples.length, 1));
}

/**
 * True when `samples` are `frequency` and little else: loud enough to hear, and no more than 6 dB of the whole
 * lies beside it. Noise, silence, another tone and a tone chopped to pieces all fail.
 */
export function isTone(samples: Float32Array, rate: number, frequency: number): boolean {
  if (samples.length < rate / 10) return false;
  const tone = toneLevel(samples, rate, frequency);
  return tone > -40 && soundLevel(samples) - tone < 6;
}

/** The strongest of the frequencies, with its level in dBFS. */
export function strongest(samples: Float32Array, rate: number, frequencies: number[]): { frequency: number; level: number } {
  const levels = frequencies.map((frequency) => ({ frequency, level: toneLevel(samples, rate, frequency) }));
  return levels.reduce((a, b) => (b.level > a.level ? b : a), { frequency: 0, level: -Infinity });
}
