import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { TextDecoder } from 'node:util';

/** Names as `TextDecoder` has them. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'koi8-r' | 'ibm866';

const cyrillic = ['windows-1251', 'koi8-r', 'ibm866'] as const;
const chunkSize = 256 * 1024;
/** How much of a text is looked at to tell one Cyrillic table from another. */
const sampleSize = 64 * 1024;

/** UTF-16 without a byte order mark: half of the bytes of digits, separators and line ends are zeros. */
function wide(bytes: Buffer): TextEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  const least = Math.max(4, bytes.length / 10);
  if (even === 0 && odd >= least) return 'utf-16le';
  return odd === 0 && even >= least ? 'utf-16be' : null;
}

/** Words have small letters behind large or small ones, and no large ones behind small ones. */
function naturalness(text: string): number {
  const small = text.match(/(?<=[а-яёА-ЯЁ])[а-яё]/g)?.length ?? 0;
  const wrong = text.match(/[а-яё][А-ЯЁ]|[^\p{L}\p{N}\p{P}\p{Z}\p{Sc}\s+=<>|~^`№«»"]/gu)?.length ?? 0;
  return small - 3 * wrong;
}

function mostNatural(bytes: Buffer): TextEncoding {
  const scored = cyrillic.map((encoding) => ({
    encoding,
    score: naturalness(new TextDecoder(encoding).decode(bytes)),
  }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).encoding;
}

/** Bytes of an unfinished character at the end, which the next chunk finishes. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/**
 * Tells how a text is encoded: by its byte order mark or zeros, as UTF-8 if all of it is valid, else the Cyrillic table in
 * which it reads most like words.
 */
export async function findEncoding(handle: FileHandle): Promise<TextEncoding> {
  const buffer = Buffer.alloc(chunkSize);
  let left = 0;
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(buffer, left, chunkSize - left, position);
    if (bytesRead === 0) return left === 0 ? 'utf-8' : mostNatural(buffer.subarray(0, left));
    const bytes = buffer.subarray(0, left + bytesRead);
    const found = position === 0 ? wide(bytes.subarray(0, sampleSize)) : null;
    if (found) return found;
    position += bytesRead;
    const whole = bytes.length - unfinished(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return mostNatural(sampleOf(bytes));
    left = buffer.copy(buffer, 0, whole, bytes.length);
  }
}

/** From the first line that is not plain ASCII. */
function sampleOf(bytes: Buffer): Buffer {
  const first = Math.max(0, bytes.findIndex((byte) => byte >= 0x80) - 100);
  return bytes.subarray(first, first + sampleSize);
}
