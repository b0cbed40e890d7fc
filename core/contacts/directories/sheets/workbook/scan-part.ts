import { TextDecoder } from 'node:util';
import { readingError } from '../reading-error.ts';
import type { PartChunk } from './read-part.ts';
import { XmlScanner, type XmlSink } from './xml-scanner.ts';

/** A part in UTF-16 is allowed, and written by nobody that is known. */
function decoderFor(first: Buffer): TextDecoder | null {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le');
  return first[0] === 0xfe && first[1] === 0xff ? new TextDecoder('utf-16be') : null;
}

/** Reads a part to its end, also when the sink is done: only then is it known to be whole. */
export async function* scanPart(chunks: AsyncIterable<PartChunk>, sink: XmlSink): AsyncGenerator<number> {
  const scanner = new XmlScanner(sink);
  let decoder: TextDecoder | null | undefined;
  for await (const { bytes, share } of chunks) {
    decoder ??= decoder === undefined ? decoderFor(bytes) : null;
    if (!sink.done) scanner.write(decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes);
    yield share;
  }
  if (!sink.done) throw readingError('directory.broken-file', 'a part of the workbook ends too early');
}

export async function scanWholePart(chunks: AsyncIterable<PartChunk>, sink: XmlSink): Promise<void> {
  const progress = scanPart(chunks, sink);
  while (!(await progress.next()).done);
}
