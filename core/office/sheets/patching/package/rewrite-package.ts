import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { OffhookError } from '#contract/errors.ts';
import { readAt } from '#core/contacts/directories/sheets/index.ts';
import { movedRecord, movedTail, narrowExtra, unsaid, type ZipLayout, type ZipRecord } from './zip-layout.ts';

export interface PartReplacement {
  record: ZipRecord;
  content: AsyncIterable<Buffer>;
}

export interface NewPart {
  name: string;
  content: Buffer;
  /** Another part, of which the time is taken. */
  like: ZipRecord;
}

const copied = 256 * 1024;
/** Packs a sheet as small as Excel does, in a third of the time of the usual 6. */
const level = 4;
const deflated = 8;
/** Sizes come behind the data (bit 3), and how well it was packed (bits 1 and 2). */
const flagsCleared = 0b1110;

/** The parts of a new file, one behind the other. */
class PackageDraft {
  position = 0;
  private readonly file: FileHandle;

  constructor(file: FileHandle) {
    this.file = file;
  }

  async write(bytes: Buffer, position = this.position): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
    this.position = Math.max(this.position, position + bytes.length);
  }

  async copy(source: FileHandle, from: number, to: number): Promise<void> {
    for (let at = from; at < to; at += copied) await this.write(await readAt(source, at, Math.min(copied, to - at)));
  }

  /** Packs a part behind its local header, and tells the header of it. */
  async pack(
    header: Buffer,
    content: AsyncIterable<Buffer>,
  ): Promise<{ checksum: number; packed: number; size: number }> {
    const place = this.position;
    await this.write(header);
    const start = this.position;
    let [checksum, size] = [0, 0];
    async function* counted() {
      for await (const bytes of content) {
        checksum = crc32(bytes, checksum);
        size += bytes.length;
        yield bytes;
      }
    }
    const source = Readable.from(counted(), { highWaterMark: 1 });
    const packer = pipeline(source, createDeflateRaw({ level, chunkSize: copied }), () => {});
    try {
      for await (const bytes of packer) await this.write(bytes as Buffer);
    } finally {
      // What it reads from is closed next.
      if (!source.closed) await once(source.destroy(), 'close');
    }
    const packed = this.position - start;
    if (size >= unsaid) throw new OffhookError('sheet.too-large', { detail: `a part of ${size} bytes` });
    const said = Buffer.from(header);
    said.writeUInt32LE(checksum, 14);
    said.writeUInt32LE(packed, 18);
    said.writeUInt32LE(size, 22);
    await this.write(said, place);
    return { checksum, packed, size };
  }
}

type Packed = Awaited<ReturnType<PackageDraft['pack']>>;

/** The part's own local header, which says that it is packed and that its sizes follow here. */
async function localHeader(source: FileHandle, { offset }: ZipRecord): Promise<Buffer> {
  const fixed = await readAt(source, offset, 30);
  const name = fixed.readUInt16LE(26);
  const rest = await readAt(source, offset + 30, name + fixed.readUInt16LE(28));
  const extra = narrowExtra(rest.subarray(name));
  fixed.writeUInt16LE(fixed.readUInt16LE(6) & ~flagsCleared, 6);
  fixed.writeUInt16LE(deflated, 8);
  fixed.writeUInt16LE(extra.length, 28);
  return Buffer.concat([fixed, rest.subarray(0, name), extra]);
}

function packedRecord({ bytes, name }: ZipRecord, offset: number, { checksum, packed, size }: Packed): Buffer {
  const fixed = Buffer.from(bytes.subarray(0, 46));
  const extraEnd = 46 + name.length + bytes.readUInt16LE(30);
  const extra = narrowExtra(bytes.subarray(46 + name.length, extraEnd));
  fixed.writeUInt16LE(fixed.readUInt16LE(8) & ~flagsCleared, 8);
  fixed.writeUInt16LE(deflated, 10);
  [checksum, packed, size].forEach((value, index) => fixed.writeUInt32LE(value, 16 + index * 4));
  fixed.writeUInt16LE(extra.length, 30);
  fixed.writeUInt32LE(offset, 42);
  return Buffer.concat([fixed, name, extra, bytes.subarray(extraEnd)]);
}

/** Headers of a part that was not there: made by the same program as `like`, and at its time. */
function newHeaders(name: Buffer, { bytes: like }: ZipRecord): { local: Buffer; record: ZipRecord } {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x0201_4b50, 0);
  like.copy(record, 4, 4, 6);
  record.writeUInt16LE(20, 6);
  like.copy(record, 12, 12, 16);
  record.writeUInt16LE(name.length, 28);
  like.copy(record, 38, 38, 42);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x0403_4b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(deflated, 8);
  like.copy(local, 10, 12, 16);
  local.writeUInt16LE(name.length, 26);
  return { local: Buffer.concat([local, name]), record: { bytes: Buffer.concat([record, name]), name, offset: 0 } };
}

/**
 * Writes an archive anew with other content in some parts. Everything else is copied as it lies in the file, packed as it
 * is, with its headers, its gaps and its order.
 */
export async function rewritePackage(
  source: FileHandle,
  layout: ZipLayout,
  target: FileHandle,
  replaced: readonly PartReplacement[],
  added: readonly NewPart[],
): Promise<void> {
  const draft = new PackageDraft(target);
  const records: Buffer[] = [];
  const moved = new Map<ZipRecord, Buffer>();
  const inOrder = layout.records.toSorted((one, other) => one.offset - other.offset);
  await draft.copy(source, 0, inOrder[0]?.offset ?? layout.directoryOffset);
  for (const [index, record] of inOrder.entries()) {
    const end = inOrder[index + 1]?.offset ?? layout.directoryOffset;
    const offset = draft.position;
    const content = replaced.find((each) => each.record === record)?.content;
    if (content) {
      const packed = await draft.pack(await localHeader(source, record), content);
      moved.set(record, packedRecord(record, offset, packed));
    } else {
      await draft.copy(source, record.offset, end);
      moved.set(record, movedRecord(record.bytes, offset));
    }
  }
  for (const record of layout.records) records.push(moved.get(record)!);
  for (const { name, content, like } of added) {
    const offset = draft.position;
    const { local, record } = newHeaders(Buffer.from(name), like);
    const packed = await draft.pack(local, Readable.from([content]));
    records.push(packedRecord(record, offset, packed));
  }
  const offset = draft.position;
  const directory = Buffer.concat(records);
  await draft.write(directory);
  await draft.write(movedTail(layout, { offset, size: directory.length, count: records.length }));
}
