import type { FileHandle } from 'node:fs/promises';
import { readingError } from '../reading-error.ts';

/** One part of the archive, as its central directory has it. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  encrypted: boolean;
  checksum: number;
  /** Bytes packed and unpacked; what is unpacked is held against them. */
  packed: number;
  size: number;
  /** Of its local header. */
  offset: number;
}

/** Names of parts in lower case, with `/` between: OPC compares them so (ECMA-376 part 2, 6.2.2.3). */
export type ZipDirectory = ReadonlyMap<string, ZipEntry>;

const endSignature = 0x0605_4b50;
const end64Signature = 0x0606_4b50;
const locator64Signature = 0x0706_4b50;
const entrySignature = 0x0201_4b50;
const longestComment = 0xffff;
/** Far above any workbook; the directory is held in memory. */
const largestDirectory = 16 * 1024 * 1024;

const broken = (detail: string) => readingError('directory.broken-file', detail);

export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw broken('the file ends too early');
    filled += bytesRead;
  }
  return bytes;
}

function number64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('a size that no disk has');
  return Number(value);
}

/** Where the directory lies, from the record at the end of the file. */
export async function directoryPlace(handle: FileHandle, fileSize: number): Promise<{ offset: number; size: number }> {
  const length = Math.min(fileSize, 22 + longestComment);
  const bytes = await readAt(handle, fileSize - length, length);
  let at = length - 22;
  while (at >= 0 && bytes.readUInt32LE(at) !== endSignature) at -= 1;
  if (at < 0) throw broken('no end of the ZIP directory');
  const place = { size: bytes.readUInt32LE(at + 12), offset: bytes.readUInt32LE(at + 16) };
  const is64 = place.size === 0xffff_ffff || place.offset === 0xffff_ffff || bytes.readUInt16LE(at + 10) === 0xffff;
  if (!is64 || at < 20 || bytes.readUInt32LE(at - 20) !== locator64Signature) return place;
  const record = await readAt(handle, number64(bytes, at - 12), 56);
  if (record.readUInt32LE(0) !== end64Signature) throw broken('no ZIP64 directory where it should be');
  return { size: number64(record, 40), offset: number64(record, 48) };
}

/** Sizes and offset that did not fit into 32 bits are in the extra field 1, in this order (APPNOTE.TXT 4.5.3). */
function widen(entry: ZipEntry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const wide = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let next = 0;
    for (const field of ['size', 'packed', 'offset'] as const) {
      if (entry[field] !== 0xffff_ffff || next + 8 > wide.length) continue;
      entry[field] = number64(wide, next);
      next += 8;
    }
    return;
  }
}

/** Reads which parts there are, from the directory at the end of the file, by position. */
export async function readZipDirectory(handle: FileHandle, fileSize: number): Promise<ZipDirectory> {
  const { offset, size } = await directoryPlace(handle, fileSize);
  if (offset + size > fileSize) throw broken('the ZIP directory is cut off');
  if (size > largestDirectory) throw readingError('directory.suspicious-file', 'a ZIP directory of more than 16 MB');
  const bytes = await readAt(handle, offset, size);
  const directory = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= size && bytes.readUInt32LE(at) === entrySignature;) {
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const name = bytes
      .toString('utf8', at + 46, nameEnd)
      .replaceAll('\\', '/')
      .replace(/^\//, '');
    const entry: ZipEntry = {
      name,
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      checksum: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    widen(entry, bytes.subarray(nameEnd, extraEnd));
    directory.set(name.toLowerCase(), entry);
    at = extraEnd + bytes.readUInt16LE(at + 32);
  }
  if (directory.size === 0) throw broken('a ZIP directory without parts');
  return directory;
}
