import { mostPeaks } from '#contract/ipc/index.ts';

/** Milliseconds that one pair of peaks stands for while a recording is being made. */
export const peakMilliseconds = 100;
/** A day of it; what is said longer is not drawn. */
const mostBytes = 2 * 10 * 60 * 60 * 24;

/** Gathers the wave form of a recording as it is made: pairs of bytes, left and right. */
export class PeakCollector {
  private pieces: Uint8Array[] = [];
  private length = 0;

  add(peaks: Uint8Array): void {
    const whole = peaks.subarray(0, Math.min(peaks.length & ~1, mostBytes - this.length));
    if (whole.length === 0) return;
    this.pieces.push(whole.slice());
    this.length += whole.length;
  }

  /** How long the recording is, as far as it was measured. */
  get milliseconds(): number {
    return (this.length / 2) * peakMilliseconds;
  }

  /** The whole, in `mostPeaks` moments or less: each is the loudest of those that it stands for. Null when there is none. */
  wave(): Uint8Array | null {
    if (this.length === 0) return null;
    const all = new Uint8Array(this.length);
    this.pieces.reduce((at, piece) => (all.set(piece, at), at + piece.length), 0);
    const moments = Math.min(mostPeaks, this.length / 2);
    const wave = new Uint8Array(moments * 2);
    for (let at = 0; at < all.length; at += 1) {
      const moment = Math.floor(((at >> 1) * moments) / (this.length / 2));
      const target = moment * 2 + (at & 1);
      wave[target] = Math.max(wave[target]!, all[at]!);
    }
    return wave;
  }
}
