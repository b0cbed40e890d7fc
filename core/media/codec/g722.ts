import { Band, mirrorFilter, qm2, qm4, qm6, saturate } from './g722-band.ts';

const q6 = [
  0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
  1458, 1612, 1765, 1980, 2195, 2557, 2919,
];
const iln = [
  0, 63, 62, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
  0,
];
const ilp = [
  0, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33,
  32, 0,
];
const ihn = [0, 1, 0];
const ihp = [0, 3, 2];

/** ITU-T G.722 at 64 kbit/s: 16 kHz speech, one byte for two samples. */
export class G722Encoder {
  private readonly low = new Band(false);
  private readonly high = new Band(true);
  private readonly window = new Int32Array(24);

  /** @param samples 16-bit, 16 kHz, an even number of them */
  encode(samples: Int16Array): Buffer {
    const bytes = Buffer.alloc(samples.length >> 1);
    for (let i = 0; i < bytes.length; i++) {
      this.window.copyWithin(0, 2);
      this.window[22] = samples[2 * i]!;
      this.window[23] = samples[2 * i + 1]!;
      const { even, odd } = mirrorFilter(this.window);
      bytes[i] = this.encodePair((even + odd) >> 14, (even - odd) >> 14);
    }
    return bytes;
  }

  private encodePair(low: number, high: number): number {
    const lowCode = this.encodeLow(saturate(low));
    return (this.encodeHigh(saturate(high)) << 6) | lowCode;
  }

  private encodeLow(sample: number): number {
    const { low } = this;
    const difference = saturate(sample - low.s);
    const magnitude = difference >= 0 ? difference : -(difference + 1);
    let level = 1;
    while (level < 30 && magnitude >= (q6[level]! * low.det) >> 12) level++;
    const code = difference < 0 ? iln[level]! : ilp[level]!;
    const quantised = (low.det * qm4[code >> 2]!) >> 15;
    low.adapt(code >> 2);
    low.predict(quantised);
    return code;
  }

  private encodeHigh(sample: number): number {
    const { high } = this;
    const difference = saturate(sample - high.s);
    const magnitude = difference >= 0 ? difference : -(difference + 1);
    const level = magnitude >= (564 * high.det) >> 12 ? 2 : 1;
    const code = difference < 0 ? ihn[level]! : ihp[level]!;
    const quantised = (high.det * qm2[code]!) >> 15;
    high.adapt(code);
    high.predict(quantised);
    return code;
  }
}

export class G722Decoder {
  private readonly low = new Band(false);
  private readonly high = new Band(true);
  private readonly window = new Int32Array(24);

  /** Returns 16-bit samples at 16 kHz, two for a byte. */
  decode(bytes: Uint8Array): Int16Array {
    const samples = new Int16Array(bytes.length * 2);
    for (let i = 0; i < bytes.length; i++) {
      const low = this.decodeLow(bytes[i]! & 0x3f);
      const high = this.decodeHigh(bytes[i]! >> 6);
      this.window.copyWithin(0, 2);
      this.window[22] = low + high;
      this.window[23] = low - high;
      const { even, odd } = mirrorFilter(this.window);
      samples[2 * i] = saturate(even >> 11);
      samples[2 * i + 1] = saturate(odd >> 11);
    }
    return samples;
  }

  private decodeLow(code: number): number {
    const { low } = this;
    const fine = (low.det * qm6[code]!) >> 15;
    const sample = Math.min(Math.max(low.s + fine, -16384), 16383);
    const coarse = (low.det * qm4[code >> 2]!) >> 15;
    low.adapt(code >> 2);
    low.predict(coarse);
    return sample;
  }

  private decodeHigh(code: number): number {
    const { high } = this;
    const difference = (high.det * qm2[code]!) >> 15;
    const sample = Math.min(Math.max(high.s + difference, -16384), 16383);
    high.adapt(code);
    high.predict(difference);
    return sample;
  }
}
