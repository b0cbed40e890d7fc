import { describe, expect, it } from 'vitest';
import { levelOf } from './level-meter.ts';

describe('the microphone level', () => {
  it('is 0 for silence, 1 for full scale and in proportion to decibels between', () => {
    expect(levelOf(new Float32Array(64))).toBe(0);
    expect(levelOf(new Float32Array(64).fill(1))).toBe(1);
    expect(levelOf(new Float32Array(64).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5, 3);
  });
});
