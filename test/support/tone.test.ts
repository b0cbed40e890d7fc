import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTone, soundLevel, strongest, toneLevel } from './tone.ts';
import { readWav, toneWav } from './wav.ts';

function sine(frequency: number, level: number, rate = 8000, seconds = 0.5): Float32Array {
  const amplitude = 10 ** (level / 20);
  return Float32Array.from({ length: rate * seconds }, (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / rate));
}

describe('tone detection', () => {
  test('finds a sine and its level', () => {
    expect(toneLevel(sine(440, -12), 8000, 440)).toBeCloseTo(-12, 0);
    expect(soundLevel(sine(440, -12))).toBeCloseTo(-12, 0);
    expect(isTone(sine(440, -12), 8000, 440)).toBe(true);
  });

  test('refuses another tone, silence, noise and a tone mostly gone', () => {
    expect(isTone(sine(600, -12), 8000, 440)).toBe(false);
    expect(isTone(new Float32Array(4000), 8000, 440)).toBe(false);
    let seed = 1;
    const noise = Float32Array.from({ length: 4000 }, () => (seed = (seed * 16807) % 2147483647) / 1073741823.5 - 1);
    expect(isTone(noise, 8000, 440)).toBe(false);
    expect(isTone(sine(440, -12).fill(0, 800), 8000, 440)).toBe(false);
  });

  test('names the strongest of several', () => {
    expect(strongest(sine(1000, -20), 8000, [440, 600, 1000]).frequency).toBe(1000);
  });

  test('reads a WAV whose header does not know its length yet', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'offhook-wav-'));
    const file = path.join(folder, 'a.wav');
    const wav = toneWav({ frequency: 600, rate: 16000, seconds: 0.5 });
    wav.writeUInt32LE(0, 40);
    writeFileSync(file, wav);
    const sound = readWav(file);
    rmSync(folder, { recursive: true });
    expect(sound.rate).toBe(16000);
    expect(sound.samples.length).toBe(8000);
    expect(isTone(sound.samples, sound.rate, 600)).toBe(true);
  });
});
