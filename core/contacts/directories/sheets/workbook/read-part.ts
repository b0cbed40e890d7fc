import type { FileHandle } from 'node:fs/promises';
import { pipeline, type TransformOptions } from 'node:stream';
import { crc32, createInflateRaw, type ZlibOptions } from 'node:zlib';
import { readingError } from '../reading-error.ts';
import { readAt, type ZipEntry } from './zip-archive.ts';

/** The largest that a sheet may unpack to, bytes. It is never in memory as a whole. */
export const largestSheet = 4 * 1024 ** 3;
/** The same of the parts that say how the workbook is built. */
export const largestIndex = 32 * 1024 ** 2;

/** Deflate packs at most 1032 to 1; a sheet of a million empty rows is below 100 to 1. */
const steepest = 300;
/** Below this nothing is judged by how well it is packed. */
const judgedFrom = 64 * 1024 ** 2;
const chunkSize = 64 * 1024;
/** Bytes that are unpacked in another thread while those before them are looked at. */
const unpackedAhead = 1024 ** 2;
/** Of what is unpacked: larger pieces cross between the threads less often. */
const unpackedChunk = 512 * 1024;
const unpacking: ZlibOptions & TransformOptions = { chunkSize: unpackedChunk, highWaterMark: unpackedAhead };

const localSignature = 0x0403_4b50;

async function dataStart(handle: FileHandle, entry: ZipEntry): Promise<number> {
  const header = await readAt(handle, entry.offset, 30);
  if (header.readUInt32LE(0) !== localSignature)
    throw readingError('directory.broken-file', `${entry.name} is not there`);
  return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** Not a stream of the handle: that would close it when the reader has seen enough. */
async function* packedBytes(handle: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let read = 0; read < length;) {
    const size = Math.min(chunkSize, length - read);
    yield await readAt(handle, start + read, size);
    read += size;
  }
}

function unpack(handle: FileHandle, entry: ZipEntry, start: number): AsyncIterable<Buffer> {
  const packed = packedBytes(handle, start, entry.packed);
  if (entry.method === 0) return packed;
  // What fails in either is told by the stream that is read.
  return pipeline(packed, createInflateRaw(unpacking), () => {});
}

function checkEntry(entry: ZipEntry, largest: number): void {
  if (entry.encrypted) throw readingError('directory.encrypted', `${entry.name} is encrypted`);
  if (entry.method !== 0 && entry.method !== 8)
    throw readingError('directory.broken-file', `${entry.name} is packed by method ${entry.method}`);
  if (entry.size > largest) throw readingError('directory.too-large', `${entry.name} unpacks to ${entry.size} bytes`);
}

export interface PartChunk {
  bytes: Buffer;
  /** How much of the part is unpacked by now, 0–1. */
  share: number;
}

/**
 * Unpacks a part chunk by chunk. Ends with `directory.suspicious-file` before it takes memory, if the part is larger than
 * it says or packed as no sheet is; with `directory.broken-file` if it is not what was packed.
 */
export async function* readPart(handle: FileHandle, entry: ZipEntry, largest: number): AsyncGenerator<PartChunk> {
  checkEntry(entry, largest);
  if (entry.size === 0) return;
  if (entry.packed === 0) throw readingError('directory.broken-file', `${entry.name} has no data`);
  const start = await dataStart(handle, entry);
  let [size, checksum] = [0, 0];
  for await (const bytes of unpack(handle, entry, start)) {
    size += bytes.length;
    if (size > entry.size) throw readingError('directory.suspicious-file', `${entry.name} is larger than it says`);
    if (size > judgedFrom && size > entry.packed * steepest)
      throw readingError('directory.suspicious-file', `${entry.name} unpacks to more than ${steepest} times its size`);
    checksum = crc32(bytes, checksum);
    yield { bytes, share: size / entry.size };
  }
  if (size !== entry.size || checksum !== entry.checksum)
    throw readingError('directory.broken-file', `${entry.name} has another checksum`);
}
