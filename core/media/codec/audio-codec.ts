import type { CodecName } from '../media-leg.ts';
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from './g711.ts';
import { G722Decoder, G722Encoder } from './g722.ts';

/** Turns samples into frames of 20 ms and back, for machines that listen and speak themselves. */
export interface AudioCodec {
  /** Hz of the samples, which for G722 is not the RTP clock. */
  readonly sampleRate: number;
  /** @param samples 16-bit mono, exactly 20 ms */
  encode(samples: Int16Array): Buffer;
  decode(payload: Uint8Array): Int16Array;
}

/** Codecs that can be encoded and decoded by our own code, everywhere. */
export const computableCodecs: readonly CodecName[] = ['PCMA', 'PCMU', 'G722'];

/** A codec's state for one stream; null for opus, which `loadOpusCodec` may give. */
export function createAudioCodec(name: CodecName): AudioCodec | null {
  if (name === 'PCMA') return { sampleRate: 8000, encode: encodeAlaw, decode: decodeAlaw };
  if (name === 'PCMU') return { sampleRate: 8000, encode: encodeUlaw, decode: decodeUlaw };
  if (name !== 'G722') return null;
  const encoder = new G722Encoder();
  const decoder = new G722Decoder();
  return {
    sampleRate: 16000,
    encode: (samples) => encoder.encode(samples),
    decode: (payload) => decoder.decode(payload),
  };
}
