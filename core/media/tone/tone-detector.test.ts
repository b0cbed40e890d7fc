import { describe, expect, it } from 'vitest';
import { goertzel, strongestTone, ToneDetector, ToneGenerator } from './tone-detector.ts';
import { readWav, writeWav } from './wav.ts';

function noise(length: number, level: number): Int16Array {
  let seed = 1;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return Int16Array.from({ length }, () => (next() * 2 - 1) * 32767 * 10 ** (level / 20));
}

const mix = (a: Int16Array, b: Int16Array) => a.map((value, index) => value + b[index]!);

describe('the strongest tone', () => {
  it.each([100, 441, 997, 1633, 3400])('of %i Hz is found with its frequency and level', (frequency) => {
    const tone = strongestTone(new ToneGenerator(8000).next(640, frequency, -20), 8000)!;
    expect(Math.abs(tone.frequency - frequency)).toBeLessThan(4);
    expect(tone.level).toBeCloseTo(-20, 0);
    expect(tone.signalToNoise).toBeGreaterThan(20);
  });

  it('stands out of noise by the right ratio', () => {
    const samples = mix(new ToneGenerator(8000).next(8000, 1000, -20), noise(8000, -30));
    const tone = strongestTone(samples, 8000)!;
    // Uniform noise of peak p has power p²/3, a sine of peak p has p²/2.
    expect(tone.signalToNoise).toBeCloseTo(10 + 10 * Math.log10(3 / 2), 0);
  });

  it('is nothing in silence', () => {
    expect(strongestTone(new Int16Array(640), 8000)).toBeNull();
  });

  it('is measured alone by Goertzel, other tones aside', () => {
    const samples = mix(new ToneGenerator(8000).next(8000, 500, -20), new ToneGenerator(8000).next(8000, 1500, -10));
    expect(20 * Math.log10(goertzel(samples, 8000, 500))).toBeCloseTo(-20, 1);
  });
});

describe('a tone detector', () => {
  it('hears a tone in frames of any size and no tone in noise', () => {
    const detector = new ToneDetector(8000);
    const samples = new ToneGenerator(8000).next(8000, 700);
    const heard = [];
    for (let offset = 0; offset < samples.length; offset += 97)
      heard.push(...detector.add(samples.subarray(offset, offset + 97)));
    expect(heard.length).toBeGreaterThan(20);
    expect(heard.every((tone) => Math.abs(tone.frequency - 700) < 5)).toBe(true);
    expect(new ToneDetector(8000).add(noise(8000, -12))).toEqual([]);
  });
});

describe('a WAV file', () => {
  it('comes back as it was written', () => {
    const [left, right] = [new ToneGenerator(8000).next(100, 400), new ToneGenerator(8000).next(100, 800)];
    expect(readWav(writeWav({ sampleRate: 8000, channels: [left, right] }))).toEqual({
      sampleRate: 8000,
      channels: [left, right],
    });
  });

  it('that is none is refused', () => {
    expect(() => readWav(Buffer.from('hello'))).toThrow(RangeError);
    expect(() => readWav(Buffer.from('RIFF....WAVE'))).toThrow(RangeError);
  });
});
