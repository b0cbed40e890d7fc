/** ITU-T G.711: 8-bit companded speech at 8 kHz. Tables are made at load. */

const segmentOf = (magnitude: number) => Math.max(0, 31 - Math.clz32(magnitude) - 7);

function alawDecodeByte(byte: number): number {
  const value = byte ^ 0x55;
  const segment = (value >> 4) & 7;
  const step = value & 0x0f;
  const magnitude = segment === 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

function alawEncodeSample(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32767);
  const segment = segmentOf(magnitude);
  const step = (magnitude >> (segment === 0 ? 4 : segment + 3)) & 0x0f;
  return (sign | (segment << 4) | step) ^ 0x55;
}

const ulawBias = 0x84;

function ulawDecodeByte(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = ((((value & 0x0f) << 3) + ulawBias) << ((value >> 4) & 7)) - ulawBias;
  return value & 0x80 ? -magnitude : magnitude;
}

function ulawEncodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32635) + ulawBias;
  const segment = segmentOf(magnitude);
  return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
}

const alawDecode = Int16Array.from({ length: 256 }, (_, byte) => alawDecodeByte(byte));
const ulawDecode = Int16Array.from({ length: 256 }, (_, byte) => ulawDecodeByte(byte));
const alawEncode = Uint8Array.from({ length: 65536 }, (_, index) => alawEncodeSample(index - 32768));
const ulawEncode = Uint8Array.from({ length: 65536 }, (_, index) => ulawEncodeSample(index - 32768));

function encode(table: Uint8Array, samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = table[samples[i]! + 32768]!;
  return bytes;
}

function decode(table: Int16Array, bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = table[bytes[i]!]!;
  return samples;
}

export const encodeAlaw = (samples: Int16Array): Buffer => encode(alawEncode, samples);
export const decodeAlaw = (bytes: Uint8Array): Int16Array => decode(alawDecode, bytes);
export const encodeUlaw = (samples: Int16Array): Buffer => encode(ulawEncode, samples);
export const decodeUlaw = (bytes: Uint8Array): Int16Array => decode(ulawDecode, bytes);
