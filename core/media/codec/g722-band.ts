/** Tables of ITU-T G.722, clause 3 and 6 (block names as there). */
const wl = [-60, -30, 58, 172, 334, 538, 1198, 3042];
const rl42 = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
const ilb = [
  2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960, 3025,
  3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
];
const wh = [0, -214, 798];
const rh2 = [2, 1, 2, 1];
export const qm2 = [-7408, -1616, 7408, 1616];
export const qm4 = [
  0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0,
];
export const qm6 = [
  -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
  -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728, 24808,
  21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008,
  3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
];

export function saturate(value: number): number {
  return value > 32767 ? 32767 : value < -32768 ? -32768 : value;
}

/** One sub-band's adaptive predictor and quantiser step, the same in encoder and decoder. */
export class Band {
  /** Signal estimate. */
  s = 0;
  /** Quantiser step. */
  det: number;
  private readonly isHigh: boolean;
  private nb = 0;
  private sz = 0;
  private readonly r = [0, 0, 0];
  private readonly a = [0, 0, 0];
  private readonly p = [0, 0, 0];
  private readonly d = [0, 0, 0, 0, 0, 0, 0];
  private readonly b = [0, 0, 0, 0, 0, 0, 0];

  constructor(isHigh: boolean) {
    this.isHigh = isHigh;
    this.det = isHigh ? 8 : 32;
  }

  /** Blocks LOGSCL/LOGSCH and SCALEL/SCALEH: the next step size after a 4-bit (low) or 2-bit (high) code. */
  adapt(code: number): void {
    const weight = this.isHigh ? wh[rh2[code]!]! : wl[rl42[code]!]!;
    const limit = this.isHigh ? 22528 : 18432;
    this.nb = Math.min(Math.max(((this.nb * 127) >> 7) + weight, 0), limit);
    const mantissa = ilb[(this.nb >> 6) & 31]!;
    const shift = (this.isHigh ? 10 : 8) - (this.nb >> 11);
    this.det = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
  }

  /** Block 4: takes the quantised difference and predicts the next sample. */
  predict(difference: number): void {
    const { a, b, d, p, r } = this;
    d[0] = difference;
    r[0] = saturate(this.s + difference);
    p[0] = saturate(this.sz + difference);
    const a2 = this.secondPole();
    const limit = 15360 - a2;
    const a1 = (p[0]! ^ p[1]!) < 0 ? -192 : 192;
    a[1] = Math.min(Math.max(a1 + ((a[1]! * 32640) >> 15), -limit), limit);
    a[2] = a2;
    const step = difference === 0 ? 0 : 128;
    for (let i = 1; i < 7; i++) b[i] = ((d[i]! ^ difference) < 0 ? -step : step) + ((b[i]! * 32640) >> 15);
    for (let i = 6; i > 0; i--) d[i] = d[i - 1]!;
    for (let i = 2; i > 0; i--) {
      r[i] = r[i - 1]!;
      p[i] = p[i - 1]!;
    }
    const pole = saturate(((a[1]! * saturate(r[1]! * 2)) >> 15) + ((a[2]! * saturate(r[2]! * 2)) >> 15));
    let zero = 0;
    for (let i = 6; i > 0; i--) zero += (b[i]! * saturate(d[i]! * 2)) >> 15;
    this.sz = saturate(zero);
    this.s = saturate(pole + this.sz);
  }

  /** Block UPPOL2. */
  private secondPole(): number {
    const { a, p } = this;
    const slope = saturate(a[1]! * 4);
    const first = Math.min((p[0]! ^ p[1]!) < 0 ? slope : -slope, 32767);
    const second = (p[0]! ^ p[2]!) < 0 ? -128 : 128;
    const value = (first >> 7) + second + ((a[2]! * 32512) >> 15);
    return Math.min(Math.max(value, -12288), 12288);
  }
}

const filter = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

/** The 24-tap quadrature mirror filter over a sliding window: sums of its even and its odd taps. */
export function mirrorFilter(window: Int32Array): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < 12; i++) {
    odd += window[2 * i]! * filter[i]!;
    even += window[2 * i + 1]! * filter[11 - i]!;
  }
  return { even, odd };
}
