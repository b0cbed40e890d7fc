import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** A part as it lies in the file: its local header, its data as packed, and its record of the directory without the offset. */
export interface RawPart {
  local: string;
  packed: string;
  record: string;
  bytes: Buffer;
}

/** Reads an archive by its directory alone and independently of the writer; without ZIP64. */
export function rawParts(file: string): Map<string, RawPart> {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  const parts = new Map<string, RawPart>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const offset = bytes.readUInt32LE(at + 42);
    const record = Buffer.from(bytes.subarray(at, at + 46 + nameLength + extra + comment));
    record.writeUInt32LE(0, 42);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const data = bytes.subarray(start, start + packed);
    parts.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), {
      local: bytes.toString('latin1', offset, start),
      packed: data.toString('latin1'),
      record: record.toString('latin1'),
      bytes: method === 0 ? Buffer.from(data) : inflateRawSync(data),
    });
    at += record.length;
  }
  return parts;
}

/** Names of the parts that are not byte for byte the same, as they lie in the file; those that came or went too. */
export function changedParts(before: ReadonlyMap<string, RawPart>, after: ReadonlyMap<string, RawPart>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => {
    const [one, other] = [before.get(name), after.get(name)];
    return one?.local !== other?.local || one?.packed !== other?.packed || one?.record !== other?.record;
  });
}
