/** One element of BER (X.690) as LDAP uses it: short tags, definite lengths. `children` of a primitive one is empty. */
export interface BerElement {
  tag: number;
  content: Buffer;
  children: readonly BerElement[];
}

export interface BerHeader {
  tag: number;
  /** Where the content begins and ends, counted from the beginning of the bytes. */
  start: number;
  end: number;
}

const constructed = 0x20;
const deepest = 16;
/** No message that may be taken needs more; one of nothing but empty elements would. */
const mostElements = 200_000;

/** @throws RangeError where the bytes end before the length does, or the length is none */
export function readHeader(bytes: Buffer, offset: number): BerHeader {
  const [tag, length] = [bytes[offset], bytes[offset + 1]];
  if (tag === undefined || length === undefined || (tag & 0x1f) === 0x1f)
    throw new RangeError(`no element at ${offset}`);
  if (length < 0x80) return { tag, start: offset + 2, end: offset + 2 + length };
  const count = length & 0x7f;
  const start = offset + 2 + count;
  if (count === 0 || count > 4 || start > bytes.length) throw new RangeError(`no length at ${offset}`);
  return { tag, start, end: start + bytes.readUIntBE(offset + 2, count) };
}

/**
 * Reads an element with all that is in it, and nothing behind it. ldapts's own readers trust the lengths, and go in a
 * circle for ever where they lie.
 * @throws RangeError for what is no such element
 */
export function readElement(bytes: Buffer): BerElement {
  const elements = readElements(bytes, 0, { left: mostElements });
  const [first] = elements;
  if (!first || elements.length > 1) throw new RangeError(`${elements.length} elements`);
  return first;
}

function readElements(bytes: Buffer, depth: number, budget: { left: number }): BerElement[] {
  if (depth > deepest) throw new RangeError(`elements ${depth} deep`);
  const elements: BerElement[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const { tag, start, end } = readHeader(bytes, offset);
    budget.left -= 1;
    if (end > bytes.length || budget.left < 0) throw new RangeError(`element at ${offset} too long`);
    const content = bytes.subarray(start, end);
    const children = (tag & constructed) === 0 ? [] : readElements(content, depth + 1, budget);
    elements.push({ tag, content, children });
    offset = end;
  }
  return elements;
}
