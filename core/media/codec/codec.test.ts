import { describe, expect, it } from 'vitest';
import { strongestTone, ToneGenerator } from '../tone/tone-detector.ts';
import { createAudioCodec, type AudioCodec } from './audio-codec.ts';
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from './g711.ts';
import { G722Encoder } from './g722.ts';
import { loadOpusCodec } from './opus-codec.ts';

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('G.711', () => {
  it('decodes to the values of the standard', () => {
    // ITU-T G.711 tables 1a and 2a, scaled to 16 bits: largest, smallest, silence.
    expect([...decodeAlaw(Uint8Array.of(0xaa, 0x2a, 0xd5, 0x55))]).toEqual([32256, -32256, 8, -8]);
    expect([...decodeUlaw(Uint8Array.of(0x80, 0x00, 0xff, 0x7f))]).toEqual([32124, -32124, 0, 0]);
  });

  it('gives each code back that it decoded', () => {
    expect([...encodeAlaw(decodeAlaw(allBytes))]).toEqual([...allBytes]);
    // 0x7f is the negative zero of µ-law.
    expect([...encodeUlaw(decodeUlaw(allBytes))]).toEqual([...allBytes].map((byte) => (byte === 0x7f ? 0xff : byte)));
  });

  it('errs by at most half a step', () => {
    const samples = Int16Array.from({ length: 65536 }, (_, index) => index - 32768);
    for (const [encode, decode] of [
      [encodeAlaw, decodeAlaw],
      [encodeUlaw, decodeUlaw],
    ] as const) {
      const back = decode(encode(samples));
      samples.forEach((sample, index) => {
        if (Math.abs(sample) < 32000)
          expect(Math.abs(back[index]! - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 31 + 8));
      });
    }
  });
});

describe('G.722', () => {
  it('encodes as other implementations do', () => {
    // A square wave of 32 samples, encoded by ffmpeg's g722.
    const samples = Int16Array.from({ length: 128 }, (_, index) => (index % 32 < 16 ? 8000 : -8000));
    expect(new G722Encoder().encode(samples).toString('hex')).toBe(
      '962386238820a023aaab2bad2b9c0b90515292139036a76ff0f06fb02c984bd6d757d6559032a8f3f4f470f02c954cd9d959d554902fe97a76f672f02c920e7d',
    );
  });
});

describe.each(['PCMA', 'PCMU', 'G722', 'opus'] as const)('%s', (name) => {
  it('keeps a tone through encoding and decoding, frame by frame', () => {
    const codec = (createAudioCodec(name) ?? loadOpusCodec()) as AudioCodec;
    const generator = new ToneGenerator(codec.sampleRate);
    let heard = new Int16Array(0);
    for (let frame = 0; frame < 20; frame++) {
      const decoded = codec.decode(codec.encode(generator.next(codec.sampleRate / 50, 1000)));
      expect(decoded).toHaveLength(codec.sampleRate / 50);
      if (frame >= 10) heard = Int16Array.of(...heard, ...decoded);
    }
    const tone = strongestTone(heard, codec.sampleRate)!;
    expect(tone.frequency).toBeCloseTo(1000, -1);
    expect(tone.level).toBeCloseTo(-12, -0.5);
    expect(tone.signalToNoise).toBeGreaterThan(15);
  });
});
