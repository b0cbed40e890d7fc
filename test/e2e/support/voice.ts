import { writeFileSync } from 'node:fs';

/** Two tones in turn: a steady one would be taken for noise by the browser's noise suppression. Hz. */
export const voiceTones = [620, 1180] as const;
const turnSeconds = 0.25;
const rate = 48_000;
const seconds = 8;

/** A WAV file (16-bit mono) for the browser's fake microphone, looped by it without a click. */
export function writeVoice(file: string): void {
  const count = rate * seconds;
  const data = Buffer.alloc(44 + count * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + count * 2, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i += 1) {
    const time = i / rate;
    const frequency = voiceTones[Math.floor(time / turnSeconds) % 2]!;
    const within = (time % turnSeconds) / turnSeconds;
    const envelope = Math.min(1, Math.min(within, 1 - within) * 20);
    data.writeInt16LE(Math.round(12_000 * envelope * Math.sin(2 * Math.PI * frequency * time)), 44 + i * 2);
  }
  writeFileSync(file, data);
}
