import { describe, expect, it } from 'vitest';
import { barsOf, heightOf, waveOf } from './wave-form.ts';

describe('a wave form', () => {
  it('is as high as the ear takes it: silence is flat, full scale is full', () => {
    expect(heightOf(0)).toBe(0);
    expect(heightOf(255)).toBe(1);
    expect(heightOf(1)).toBe(0);
    expect(heightOf(26)).toBeCloseTo(1 - 20 / 48, 1);
  });

  it('shows the loudest of each bar, whether there are more moments than bars or fewer', () => {
    const wave = new Uint8Array([0, 255, 255, 0, 0, 0, 255, 255]);
    expect(barsOf(wave, 2)).toEqual([
      { left: 1, right: 1 },
      { left: 1, right: 1 },
    ]);
    expect(barsOf(wave, 8).map(({ left }) => left)).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
    expect(barsOf(wave, 8).map(({ right }) => right)).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
  });

  it('is flat where there is none', () => {
    expect(barsOf(null, 2)).toEqual([
      { left: 0, right: 0 },
      { left: 0, right: 0 },
    ]);
    expect(barsOf(new Uint8Array(), 1)).toEqual([{ left: 0, right: 0 }]);
  });

  it('of a decoded sound has no more moments than are kept, and the loudest samples of each', () => {
    const left = new Float32Array(40_000).fill(0.1);
    left[20_005] = -1;
    const wave = waveOf(left, new Float32Array(40_000));
    expect(wave).toHaveLength(8000);
    expect(wave[2000 * 2]).toBe(255);
    expect(wave[2001 * 2]).toBe(26);
    expect(Math.max(...wave.filter((_, at) => at % 2 === 1))).toBe(0);
    expect([...waveOf(new Float32Array([1]), new Float32Array([0.5]))]).toEqual([255, 128]);
  });
});
