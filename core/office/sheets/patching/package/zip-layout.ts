import type { FileHandle } from 'node:fs/promises';
import { directoryPlace, readAt, readingError, type ZipEntry } from '#core/contacts/directories/sheets/index.ts';

/** A part's record in the central directory, as it is in the file (APPNOTE.TXT 4.3.12). */
export interface ZipRecord {
  bytes: Buffer;
  name: Buffer;
  offset: number;
}

/** The end of an archive, with everything that a reader of it need not know. */
export interface ZipLayout {
  /** In the order of the directory. */
  records: ZipRecord[];
  directoryOffset: number;
  /** Behind the records, to the end of the file: a signature, the records that say where the directory is, the comment. */
  tail: Buffer;
  /** Of the tail: where the records begin that say where the directory is, and where the comment's one is. */
  end64: number | null;
  end: number;
}

const [recordSignature, end64Signature, locatorSignature, endSignature] = [
  0x0201_4b50, 0x0606_4b50, 0x0706_4b50, 0x0605_4b50,
];
/** Of the directory and all that is behind it, bytes: they are in memory. */
const largestEnd = 17 * 1024 * 1024;
export const unsaid = 0xffff_ffff;

/** Place of a 64-bit value in the extra field 1 of a record: those that are unsaid elsewhere, in this order (4.5.3). */
function wideOffsetPlace(record: Buffer): number | null {
  const extra = 46 + record.readUInt16LE(28);
  const end = extra + record.readUInt16LE(30);
  for (let at = extra; at + 4 <= end; at += 4 + record.readUInt16LE(at + 2)) {
    if (record.readUInt16LE(at) !== 1) continue;
    const before = [24, 20].filter((field) => record.readUInt32LE(field) === unsaid).length;
    return at + 4 + before * 8;
  }
  return null;
}

function offsetOf(record: Buffer): number {
  const offset = record.readUInt32LE(42);
  const place = offset === unsaid ? wideOffsetPlace(record) : null;
  return place === null ? offset : Number(record.readBigUInt64LE(place));
}

/** A record that says another offset, the rest of it as it was. */
export function movedRecord(record: Buffer, offset: number): Buffer {
  const moved = Buffer.from(record);
  const place = record.readUInt32LE(42) === unsaid ? wideOffsetPlace(record) : null;
  if (place === null) moved.writeUInt32LE(offset, 42);
  else moved.writeBigUInt64LE(BigInt(offset), place);
  return moved;
}

/** The same extra fields without the one of 64-bit sizes. */
export function narrowExtra(extra: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + 4 <= extra.length;) {
    const next = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) !== 1) kept.push(extra.subarray(at, next));
    at = next;
  }
  return Buffer.concat(kept);
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - 22; at >= 0; at--) if (tail.readUInt32LE(at) === endSignature) return at;
  throw readingError('directory.broken-file', 'no end of the ZIP directory');
}

export async function readZipLayout(handle: FileHandle, fileSize: number): Promise<ZipLayout> {
  const { offset: directoryOffset, size } = await directoryPlace(handle, fileSize);
  const length = fileSize - directoryOffset;
  if (length < size || length > largestEnd)
    throw readingError('directory.suspicious-file', `a ZIP directory ${length} bytes before the end`);
  const bytes = await readAt(handle, directoryOffset, length);
  const records: ZipRecord[] = [];
  let at = 0;
  while (at + 46 <= size && bytes.readUInt32LE(at) === recordSignature) {
    const lengths = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const record = bytes.subarray(at, at + 46 + lengths[0]! + lengths[1]! + lengths[2]!);
    records.push({ bytes: record, name: record.subarray(46, 46 + lengths[0]!), offset: offsetOf(record) });
    at += record.length;
  }
  const tail = bytes.subarray(at);
  const end = findEnd(tail);
  const has64 = end >= 20 && tail.readUInt32LE(end - 20) === locatorSignature;
  const end64 = has64 ? Number(tail.readBigUInt64LE(end - 12)) - directoryOffset - at : null;
  if (end64 !== null && (end64 < 0 || end64 + 56 > tail.length || tail.readUInt32LE(end64) !== end64Signature))
    throw readingError('directory.broken-file', 'no ZIP64 directory where it should be');
  return { records, directoryOffset, tail, end64, end };
}

/** The record of a part that the reader found. */
export function recordOf({ records }: ZipLayout, entry: ZipEntry): ZipRecord {
  const found = records.findLast(({ offset }) => offset === entry.offset);
  if (!found) throw readingError('directory.broken-file', `${entry.name} is not there`);
  return found;
}

/** The tail for a directory elsewhere; values that were left to the 64-bit record stay there. */
export function movedTail(
  { tail, end64, end }: ZipLayout,
  directory: { offset: number; size: number; count: number },
): Buffer {
  const moved = Buffer.from(tail);
  const { offset, size, count } = directory;
  if (end64 !== null) {
    moved.writeBigUInt64LE(BigInt(count), end64 + 24);
    moved.writeBigUInt64LE(BigInt(count), end64 + 32);
    moved.writeBigUInt64LE(BigInt(size), end64 + 40);
    moved.writeBigUInt64LE(BigInt(offset), end64 + 48);
    moved.writeBigUInt64LE(BigInt(offset + size + end64), end - 12);
  }
  for (const place of [8, 10]) if (tail.readUInt16LE(end + place) !== 0xffff) moved.writeUInt16LE(count, end + place);
  if (tail.readUInt32LE(end + 12) !== unsaid) moved.writeUInt32LE(size, end + 12);
  if (tail.readUInt32LE(end + 16) !== unsaid) moved.writeUInt32LE(offset, end + 16);
  return moved;
}
