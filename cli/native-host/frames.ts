/** Chrome's own limit for what it takes is 1 MB; an extension of ours never has more to say either. */
export const longestFrame = 1024 * 1024;

/** The stream cannot be read on: what comes next could begin anywhere. */
export class BrokenFrame extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'BrokenFrame';
  }
}

/**
 * Messages of a browser: each a length of 32 bits in the machine's byte order, and that many bytes of UTF-8. Ends with
 * the stream; a message that is cut off by its end is none. @throws BrokenFrame
 */
export async function* readFrames(pieces: AsyncIterable<Buffer>): AsyncIterable<string> {
  let pending = Buffer.alloc(0);
  for await (const piece of pieces) {
    pending = Buffer.concat([pending, piece]);
    while (pending.length >= 4) {
      const length = pending.readUInt32LE(0);
      if (length > longestFrame) throw new BrokenFrame(`a message of ${length} bytes`);
      if (pending.length < 4 + length) break;
      yield pending.toString('utf8', 4, 4 + length);
      pending = pending.subarray(4 + length);
    }
  }
}

export function frameOf(message: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  const frame = Buffer.alloc(4 + text.length);
  frame.writeUInt32LE(text.length, 0);
  text.copy(frame, 4);
  return frame;
}
