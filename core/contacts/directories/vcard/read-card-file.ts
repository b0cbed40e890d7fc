import { createReadStream } from 'node:fs';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import { CardReader, type BrokenCard, type Card } from './card-reader.ts';

/**
 * The cards of a file, some at a time. Throws what the file system throws.
 * @throws OffhookError `directory.empty`, `directory.unsupported-file` where there is no card in it
 */
export async function* readCardFile(file: string, signal: AbortSignal): AsyncGenerator<(Card | BrokenCard)[]> {
  const reader = new CardReader();
  let bytes: ByteText | null = null;
  let [size, found] = [0, 0];
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024, signal }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    bytes ??= byteTextOf(chunk);
    const cards = reader.push(bytes.push(chunk));
    found += cards.length;
    if (cards.length > 0) yield cards;
  }
  const last = [...reader.push(bytes?.end() ?? ''), ...reader.end()];
  found += last.length;
  if (last.length > 0) yield last;
  if (found > 0) return;
  const values = { file: path.basename(file) };
  throw new OffhookError(size === 0 ? 'directory.empty' : 'directory.unsupported-file', { values });
}

/** Bytes as a text of one character each; of UTF-16, those of the same text in UTF-8. */
interface ByteText {
  push(chunk: Buffer): string;
  end(): string;
}

function byteTextOf(chunk: Buffer): ByteText {
  const label = utf16Of(chunk);
  if (label === null) return { push: (bytes) => bytes.toString('latin1'), end: () => '' };
  const decoder = new TextDecoder(label);
  const toBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  return { push: (bytes) => toBytes(decoder.decode(bytes, { stream: true })), end: () => toBytes(decoder.decode()) };
}

/** By its byte order mark, or because every other byte of its first letters is 0. */
function utf16Of(chunk: Buffer): 'utf-16le' | 'utf-16be' | null {
  const [first, second, third, fourth] = chunk;
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0) ? 'utf-16be' : null;
}
