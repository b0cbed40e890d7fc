import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edited, insertion } from './edits.ts';

async function* chunks(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size), 'latin1');
}

async function joined(pieces: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all).toString('latin1');
}

test('whatever the chunks are, only what an edit names becomes something else', async () => {
  const piece = fc.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async (pieces, size) => {
      let [before, after] = ['', ''];
      const edits = pieces.map(([kept, gone, comes]) => {
        const at = before.length + kept.length;
        before += kept + gone;
        after += kept + comes;
        return insertion(at, Buffer.from(comes, 'latin1'), gone.length);
      });
      expect(await joined(edited(chunks(before, size), edits))).toBe(after);
    }),
    { numRuns: 200 },
  );
});

test('edits that overlap are a bug', async () => {
  const edits = [insertion(0, Buffer.from('x'), 2), insertion(1, Buffer.from('y'))];
  await expect(joined(edited(chunks('abc', 2), edits))).rejects.toThrow(RangeError);
});

test('an edit behind the end of a part is a bug and not silently left out', async () => {
  await expect(joined(edited(chunks('abc', 2), [insertion(9, Buffer.from('x'))]))).rejects.toThrow(RangeError);
  const endless = { at: 1, take: () => null };
  await expect(joined(edited(chunks('abc', 2), [endless]))).rejects.toThrow(RangeError);
});
