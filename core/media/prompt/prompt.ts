import type { CodecName } from '../media-leg.ts';

/** Encoded sound, cut into frames of 20 ms. Nothing is decoded on its way to the wire. */
export interface Prompt {
  codec: CodecName;
  frames: Buffer[];
}

/** ms. */
export const frameLength = 20;

/** Timestamp ticks of a frame of 20 ms; G722 counts at 8 kHz (RFC 3551 4.5.2). */
export function frameSamples(codec: CodecName): number {
  return codec === 'opus' ? 960 : 160;
}

/** Names of a prompt's files: `greeting.pcma`, `greeting.pcmu`, `greeting.g722`, `greeting.opusp`. */
export const promptExtensions: Record<CodecName, string> = { PCMA: 'pcma', PCMU: 'pcmu', G722: 'g722', opus: 'opusp' };

const rawFrameBytes = 160;
/** Digital silence in a cut-off last frame. G722 has none that is exact; its frames are written whole. */
const silence: Record<Exclude<CodecName, 'opus'>, number> = { PCMA: 0xd5, PCMU: 0xff, G722: 0 };

/**
 * Reads a prompt file: raw bytes, 160 a frame, for PCMA, PCMU and G722; for opus packets of 20 ms, each after its length
 * as an unsigned 16-bit big-endian number. Throws a `RangeError` on a file that is not one.
 */
export function readPrompt(codec: CodecName, file: Buffer): Prompt {
  const frames = codec === 'opus' ? readPackets(file) : cutFrames(file, silence[codec]);
  if (frames.length === 0) throw new RangeError('an empty prompt');
  return { codec, frames };
}

/** The reverse of `readPrompt`. */
export function writePrompt({ codec, frames }: Prompt): Buffer {
  if (codec !== 'opus') return Buffer.concat(frames);
  return Buffer.concat(
    frames.flatMap((frame) => {
      const size = Buffer.alloc(2);
      size.writeUInt16BE(frame.length);
      return [size, frame];
    }),
  );
}

function readPackets(file: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let offset = 0; offset < file.length;) {
    const start = offset + 2;
    const end = start <= file.length ? start + file.readUInt16BE(offset) : Infinity;
    if (end > file.length || end === start || end - start > 1275)
      throw new RangeError(`a broken packet at byte ${offset}`);
    frames.push(file.subarray(start, end));
    offset = end;
  }
  return frames;
}

function cutFrames(file: Buffer, fill: number): Buffer[] {
  const frames: Buffer[] = [];
  for (let offset = 0; offset < file.length; offset += rawFrameBytes) {
    const frame = file.subarray(offset, offset + rawFrameBytes);
    if (frame.length === rawFrameBytes) frames.push(frame);
    else frames.push(Buffer.concat([frame, Buffer.alloc(rawFrameBytes - frame.length, fill)]));
  }
  return frames;
}
