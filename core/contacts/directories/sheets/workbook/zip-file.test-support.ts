import { crc32, deflateRawSync } from 'node:zlib';

export interface ZippedPart {
  name: string;
  data: string | Uint8Array;
  stored?: boolean;
  /** What the directory says instead of the truth. */
  says?: Partial<{ size: number; checksum: number; flags: number; method: number }>;
}

function header(signature: number, length: number, fields: readonly [number, number, 2 | 4][]): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  for (const [at, value, width] of fields) bytes.writeUIntLE(value, at, width);
  return bytes;
}

/** Sizes and the offset as ZIP64 has them. */
function wide(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  values.forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + index * 8));
  return extra;
}

function endOf(start: number, size: number, count: number, zip64: boolean): Buffer {
  if (!zip64)
    return header(0x0605_4b50, 22, [
      [8, count, 2],
      [10, count, 2],
      [12, size, 4],
      [16, start, 4],
    ]);
  const record = header(0x0606_4b50, 56, [[4, 44, 4]]);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  const locator = header(0x0706_4b50, 20, [[16, 1, 4]]);
  locator.writeBigUInt64LE(BigInt(start + size), 8);
  const most = 0xffff_ffff;
  const end = header(0x0605_4b50, 22, [
    [8, 0xffff, 2],
    [10, 0xffff, 2],
    [12, most, 4],
    [16, most, 4],
  ]);
  return Buffer.concat([record, locator, end]);
}

/** A ZIP file of the parts, right in everything but what a part is told to say. */
export function zipFile(parts: readonly ZippedPart[], { zip64 = false } = {}): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, data, stored = false, says = {} } of parts) {
    const bytes = Buffer.from(data as Uint8Array);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const file = Buffer.from(name, 'utf8');
    const method = says.method ?? (stored ? 0 : 8);
    const [checksum, size] = [says.checksum ?? crc32(bytes), says.size ?? bytes.length];
    const local = header(0x0403_4b50, 30, [
      [8, method, 2],
      [14, checksum, 4],
      [18, packed.length, 4],
      [22, size, 4],
      [26, file.length, 2],
    ]);
    const extra = zip64 ? wide([size, packed.length, offset]) : Buffer.alloc(0);
    const most = 0xffff_ffff;
    const [shown, shownPacked, shownOffset] = zip64 ? [most, most, most] : [size, packed.length, offset];
    const entry = header(0x0201_4b50, 46, [
      [8, says.flags ?? 0, 2],
      [10, method, 2],
      [16, checksum, 4],
      [20, shownPacked, 4],
      [24, shown, 4],
      [28, file.length, 2],
      [30, extra.length, 2],
      [42, shownOffset, 4],
    ]);
    files.push(local, file, packed);
    directory.push(entry, file, extra);
    offset += local.length + file.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...files, listed, endOf(offset, listed.length, parts.length, zip64)]);
}
