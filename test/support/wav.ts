import { readFileSync } from 'node:fs';

export interface Sound {
  /** Hz. */
  rate: number;
  /** First channel, −1…1. */
  samples: Float32Array;
}

/** A 16-bit PCM WAV file of a sine tone, the same in every channel. @param options.level dBFS */
export function toneWav(options: { frequency: number; rate: number; seconds: number; level?: number; channels?: 1 | 2 }): Buffer {
  const { frequency, rate, seconds, level = -12, channels = 1 } = options;
  const count = Math.round(rate * seconds);
  const length = count * 2 * channels;
  const data = Buffer.alloc(44 + length);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + length, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(channels, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2 * channels, 28);
  data.writeUInt16LE(2 * channels, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(length, 40);
  const amplitude = 32767 * 10 ** (level / 20);
  for (let i = 0; i < count * channels; i++)
    data.writeInt16LE(Math.round(amplitude * Math.sin((2 * Math.PI * frequency * Math.floor(i / channels)) / rate)), 44 + i * 2);
  return data;
}

/** Reads 16-bit PCM, also while the file still grows and its header gives no length yet. */
export function readWav(file: string): Sound {
  const data = readFileSync(file);
  if (data.length < 44 || data.toString('latin1', 0, 4) !== 'RIFF') return { rate: 8000, samples: new Float32Array() };
  let channels = 1;
  let rate = 8000;
  let at = 12;
  while (at + 8 <= data.length) {
    const id = data.toString('latin1', at, at + 4);
    const length = data.readUInt32LE(at + 4);
    if (id === 'fmt ') {
      channels = data.readUInt16LE(at + 10);
      rate = data.readUInt32LE(at + 12);
    }
    if (id === 'data') break;
    at += 8 + length + (length % 2);
  }
  const first = at + 8;
  const count = Math.max(0, Math.floor((data.length - first) / (2 * channels)));
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) samples[i] = data.readInt16LE(first + i * 2 * channels) / 32768;
  return { rate, samples };
}
