import type { AudioCodec } from './audio-codec.ts';

/** The part of opusscript (libopus as WebAssembly, mono here) that is used. */
interface OpusCoder {
  encode(samples: Buffer, frameSize: number): Buffer;
  decode(packet: Buffer): Buffer;
}

/** OPUS_APPLICATION_VOIP of libopus. */
const voip = 2048;

/**
 * Opus for the synthetic endpoint and for tests. The phone itself never needs it (the window has its own), so the
 * library is a development dependency: null where it is not installed.
 */
export async function loadOpusCodec(): Promise<AudioCodec | null> {
  const library = 'opusscript';
  const loaded = await import(library).catch(() => null);
  if (!loaded) return null;
  const coder = new loaded.default(48000, 1, voip) as OpusCoder;
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
