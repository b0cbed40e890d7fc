import { mostPeaks } from '#contract/ipc/index.ts';
import { peakOf } from '#renderer/media/peak-meter.ts';

/** What is quieter than this is drawn as silence. */
const floorDecibels = -48;

/** Heights 0–1 of one bar: how loud the left and the right voice are at their loudest there. */
export interface WaveBar {
  left: number;
  right: number;
}

/** A peak (0–255) as the ear takes it: full scale is 1. */
export function heightOf(peak: number): number {
  if (peak === 0) return 0;
  return Math.max(0, 1 - (20 * Math.log10(peak / 255)) / floorDecibels);
}

/** A wave form in as many bars as there is room for; flat where there is none. */
export function barsOf(wave: Uint8Array | null, count: number): WaveBar[] {
  const moments = (wave?.length ?? 0) >> 1;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * moments) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * moments) / count));
    let [left, right] = [0, 0];
    for (let moment = from; wave && moment < Math.min(to, moments); moment++) {
      left = Math.max(left, wave[moment * 2]!);
      right = Math.max(right, wave[moment * 2 + 1]!);
    }
    return { left: heightOf(left), right: heightOf(right) };
  });
}

/** The wave form of a sound that was decoded; of one in mono both voices are alike. */
export function waveOf(left: Float32Array, right: Float32Array): Uint8Array {
  const moments = Math.min(mostPeaks, left.length);
  const wave = new Uint8Array(moments * 2);
  for (let moment = 0; moment < moments; moment++) {
    const [from, to] = [
      Math.floor((moment * left.length) / moments),
      Math.floor(((moment + 1) * left.length) / moments),
    ];
    wave[moment * 2] = peakOf(left.subarray(from, to));
    wave[moment * 2 + 1] = peakOf(right.subarray(from, to));
  }
  return wave;
}
