import { createRequire } from 'node:module';
import type { AudioCodec } from './audio-codec.ts';

/** The part of opusscript (libopus as WebAssembly, mono here) that is used. */
interface OpusCoder {
  encode(samples: Buffer, frameSize: number): Buffer;
  decode(packet: Buffer): Buffer;
}

/** OPUS_APPLICATION_VOIP of libopus. */
const voip = 2048;

type OpusLibrary = new (sampleRate: number, channels: number, application: number) => OpusCoder;

/**
 * Opus for the synthetic endpoint and for tests. The phone itself never needs it (the window has its own), so the
 * library is a development dependency: null where it is not installed. Required, not imported, so that no bundler takes
 * it along without its WebAssembly file.
 */
export function loadOpusCodec(): AudioCodec | null {
  let coder: OpusCoder;
  try {
    const library = createRequire(import.meta.url)('opusscript') as OpusLibrary;
    coder = new library(48000, 1, voip);
  } catch {
    // Not installed: the caller does without.
    return null;
  }
  return {
    sampleRate: 48000,
    encode: (samples) =>
      coder.encode(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), samples.length),
    decode(payload) {
      const bytes = coder.decode(Buffer.from(payload));
      return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    },
  };
}
