import { describe, expect, it } from 'vitest';
import { peakOf, PeakMeter } from './peak-meter.ts';

const rate = 1000;

/** A sound of which the last 0.5 s can be read: 10, 20, … of 255 a moment, growing without end. */
function growing(step: number) {
  const sound = {
    fftSize: 500,
    moments: 0,
    getFloatTimeDomainData(samples: Float32Array) {
      samples.forEach((_, at) => {
        const moment = sound.moments - 5 + Math.floor(at / 100);
        samples[at] = (at % 2 ? -1 : 1) * Math.max(0, ((moment + 1) * step) / 255);
      });
    },
  };
  return sound;
}

function build() {
  const sounds = [growing(10), growing(1)] as const;
  const meter = new PeakMeter(sounds, rate);
  const read = (moments: number) => {
    for (const sound of sounds) sound.moments = moments;
    return [...meter.read(moments * 100 + 50)];
  };
  return { read };
}

describe('the peak meter', () => {
  it('gives a pair for every 100 ms that passed, however they were read', () => {
    const { read } = build();
    expect(read(2)).toEqual([10, 1, 20, 2]);
    expect(read(2)).toEqual([]);
    expect(read(5)).toEqual([30, 3, 40, 4, 50, 5]);
  });

  it('draws what it can no longer reach as the oldest that is left', () => {
    const { read } = build();
    expect(read(8).filter((_, at) => at % 2 === 0)).toEqual([40, 40, 40, 40, 50, 60, 70, 80]);
  });

  it('never leaves a byte, whatever the samples are', () => {
    expect(peakOf(new Float32Array([0.1, -3]))).toBe(255);
    expect(peakOf(new Float32Array())).toBe(0);
  });
});
