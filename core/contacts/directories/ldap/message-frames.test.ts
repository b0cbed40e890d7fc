import { describe, expect, test } from 'vitest';
import { MessageFrames } from './message-frames.ts';

const message = (content: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([Buffer.from([0x30, 0x84]), length, content]);
};
const short = Buffer.from('3003020107', 'hex');
const long = message(Buffer.alloc(70_000, 1));

describe('messages', () => {
  test.for([1, 2, 3, 7, 4096, 1_000_000])('are the same, however the bytes come: %i at a time', (size) => {
    const bytes = Buffer.concat([short, long, short]);
    const frames = new MessageFrames();
    const found = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      frames.push(bytes.subarray(index * size, (index + 1) * size)),
    ).flat();
    expect(found.map((frame) => frame.whole)).toEqual([true, true, true]);
    expect(found.map((frame) => frame.bytes.equals(long))).toEqual([false, true, false]);
    expect(frames.empty).toBe(true);
  });

  test('of more than 4 MB pass by but for their beginning', () => {
    const frames = new MessageFrames();
    const huge = message(Buffer.alloc(10 * 1024 * 1024, 1));
    const found = [];
    for (let offset = 0; offset < huge.length; offset += 65_536)
      found.push(...frames.push(huge.subarray(offset, offset + 65_536)));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ whole: false, bytes: huge.subarray(0, 8192) });
    expect(frames.push(short)).toEqual([{ whole: true, bytes: short }]);
  });

  test.for([
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request')],
    ['a length without an end', Buffer.from('3080', 'hex')],
    ['a length of five bytes', Buffer.from('30850000000001', 'hex')],
    ['four gigabytes', Buffer.from('3084ffffffff', 'hex')],
  ] as const)('are told from %s', ([, bytes]) => {
    expect(() => new MessageFrames().push(bytes)).toThrow(RangeError);
  });
});
