const deepest = 16;

/**
 * Whether the lengths in BER-encoded `bytes` agree with each other. ldapts trusts them: a length that lies would keep
 * its readers in a circle for ever.
 */
export function isWellFormed(bytes: Buffer): boolean {
  return elementsFit(bytes, 0, bytes.length, 0);
}

function elementsFit(bytes: Buffer, from: number, to: number, depth: number): boolean {
  if (depth > deepest) return false;
  let offset = from;
  while (offset < to) {
    const tag = bytes[offset] ?? 0;
    const content = contentOf(bytes, offset + 1, to);
    if (!content || (tag & 0x1f) === 0x1f) return false;
    if ((tag & 0x20) !== 0 && !elementsFit(bytes, content.start, content.end, depth + 1)) return false;
    offset = content.end;
  }
  return offset === to;
}

function contentOf(bytes: Buffer, offset: number, to: number): { start: number; end: number } | null {
  if (offset >= to) return null;
  const length = bytes[offset] ?? 0;
  if (length < 0x80) return within(offset + 1, length, to);
  const count = length & 0x7f;
  if (count === 0 || count > 4 || offset + 1 + count > to) return null;
  return within(offset + 1 + count, bytes.readUIntBE(offset + 1, count), to);
}

function within(start: number, length: number, to: number): { start: number; end: number } | null {
  return start + length <= to ? { start, end: start + length } : null;
}
