import { createHash } from 'node:crypto';
import type { RawEntry } from './raw-entry.ts';

const longestKey = 512;

/** Microsoft's order: the first three groups little-endian. */
export function guidText(bytes: Buffer): string {
  const [a, b, c] = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)].map((group) =>
    Buffer.from(group).reverse().toString('hex'),
  );
  return [a, b, c, bytes.toString('hex', 8, 10), bytes.toString('hex', 10, 16)].join('-');
}

/** Identity of an entry: by its id attribute, or by its name where it has none. */
export function entryKey(entry: RawEntry, idAttribute: string): string {
  const [id] = idAttribute === '' ? [] : entry.values(idAttribute);
  if (!id || id.length === 0) return bounded(`dn:${entry.dn.toLowerCase()}`);
  if (id.length === 16 && /guid/i.test(idAttribute)) return guidText(id);
  const text = entry.texts(idAttribute)[0];
  return bounded(text ?? id.toString('hex'));
}

function bounded(key: string): string {
  return key.length <= longestKey ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
