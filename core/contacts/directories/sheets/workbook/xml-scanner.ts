import { readingError } from '../reading-error.ts';

/**
 * Takes what an XML part is made of. Names are given without prefix, as `nameHash`; bytes are only valid during the call.
 */
export interface XmlSink {
  /** Whether text matters where the scanner is now. */
  readonly wantsText: boolean;
  /** Nothing further matters. */
  readonly done: boolean;
  /** Told where in the part the next bytes begin, for those who come back to it. */
  begin?(position: number): void;
  /** The attributes are between `from` and `to`; the tag begins at `at`. */
  open(name: number, bytes: Buffer, from: number, to: number, at: number): void;
  /** The tag that ends the element is between `at` and `next`. */
  close(name: number, at: number, next: number): void;
  /**
   * Takes a whole element in the form in which nearly all programs write it, if it begins with this letter and is all
   * there; -1 leaves it to the calls above. Half of the time of reading goes into telling of each tag.
   */
  readonly quickLetter: number;
  quick(bytes: Buffer, at: number, end: number): number;
  /** A piece of text, which may be followed by more; with entities in it unless it is `literal`. */
  text(bytes: Buffer, from: number, to: number, literal: boolean): void;
}

const [less, greater, slash, colon, space] = [0x3c, 0x3e, 0x2f, 0x3a, 0x20];
const [bang, question, hyphen, bracket, ampersand] = [0x21, 0x3f, 0x2d, 0x5b, 0x26];
const [doubleQuote, singleQuote] = [0x22, 0x27];
const [hashSeed, hashPrime] = [0x811c_9dc5 | 0, 0x0100_0193];
/** A text that is longer comes in pieces. */
const pieceOfText = 64 * 1024;
const longestTag = 1024 * 1024;

/** FNV-1a of an element's local name: comparing numbers is what makes the scanner fast. */
export function nameHash(name: string): number {
  return Buffer.from(name).reduce((hash, byte) => Math.imul(hash ^ byte, hashPrime), hashSeed);
}

/** Where a text may be cut without cutting a character or an entity. */
function cutOf(bytes: Buffer, from: number, end: number): number {
  for (let at = end - 1; at > end - 12; at--) if (bytes[at] === ampersand) return at;
  let cut = end;
  while (cut > from && (bytes[cut - 1]! & 0xc0) === 0x80) cut -= 1;
  return bytes[cut - 1]! >= 0xc0 ? cut - 1 : end;
}

/**
 * Finds the tags and texts of XML in chunks of UTF-8, of which it keeps at most one unfinished piece. It neither builds
 * a tree nor looks whether tags match, and knows no document types: whoever declares one has something else in mind
 * than a table, and is refused (`directory.suspicious-file`).
 */
export class XmlScanner {
  private readonly sink: XmlSink;
  /** Begins with the unfinished piece; used again and again, since new memory for each chunk costs more than scanning. */
  private work = Buffer.alloc(0);
  private kept = 0;
  /** Of the first byte that was not scanned yet. */
  private position = 0;

  constructor(sink: XmlSink) {
    this.sink = sink;
  }

  write(chunk: Buffer): void {
    const bytes = this.kept === 0 ? chunk : this.joined(chunk);
    this.sink.begin?.(this.position);
    const from = this.scan(bytes);
    this.position += from;
    this.kept = bytes.length - from;
    if (this.kept > this.work.length) this.work = Buffer.allocUnsafeSlow(this.kept + pieceOfText);
    bytes.copy(this.work, 0, from);
  }

  private joined(chunk: Buffer): Buffer {
    const length = this.kept + chunk.length;
    if (length > this.work.length) {
      const larger = Buffer.allocUnsafeSlow(length + pieceOfText);
      this.work.copy(larger, 0, 0, this.kept);
      this.work = larger;
    }
    chunk.copy(this.work, this.kept);
    return this.work.subarray(0, length);
  }

  /** @returns where the unfinished piece begins */
  private scan(bytes: Buffer): number {
    const { sink } = this;
    const end = bytes.length;
    let at = 0;
    while (!sink.done) {
      const from = at;
      while (at < end && bytes[at] !== less) at += 1;
      if (at === end) {
        if (!sink.wantsText) return end;
        if (end - from < pieceOfText) return from;
        const cut = cutOf(bytes, from, end);
        sink.text(bytes, from, cut, false);
        return cut;
      }
      if (at > from && sink.wantsText) sink.text(bytes, from, at, false);
      let next = bytes[at + 1] === sink.quickLetter ? sink.quick(bytes, at, end) : -1;
      if (next < 0) next = this.tag(bytes, at, end);
      if (next < 0) {
        if (end - at > longestTag) throw readingError('directory.suspicious-file', 'a tag of more than 1 MB');
        return at;
      }
      at = next;
    }
    return end;
  }

  /** @returns where the tag ends, or -1 if it is not all there */
  private tag(bytes: Buffer, at: number, end: number): number {
    let here = at + 1;
    const first = bytes[here];
    if (first === question) return after(bytes, at, '?>');
    if (first === bang) return this.declaration(bytes, at, end);
    const closing = first === slash;
    if (closing) here += 1;
    let name = hashSeed;
    for (; here < end; here++) {
      const byte = bytes[here]!;
      if (byte === greater || byte === slash || byte <= space) break;
      name = byte === colon ? hashSeed : Math.imul(name ^ byte, hashPrime);
    }
    const from = here;
    for (let quote = 0; here < end; here++) {
      const byte = bytes[here]!;
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === greater) break;
      else if (byte === doubleQuote || byte === singleQuote) quote = byte;
    }
    if (here >= end) return -1;
    if (closing) this.sink.close(name, at, here + 1);
    else if (bytes[here - 1] === slash) {
      this.sink.open(name, bytes, from, here - 1, at);
      this.sink.close(name, at, here + 1);
    } else this.sink.open(name, bytes, from, here, at);
    return here + 1;
  }

  private declaration(bytes: Buffer, at: number, end: number): number {
    if (end - at < 9) return -1;
    if (bytes[at + 2] === hyphen) return after(bytes, at + 4, '-->');
    if (bytes[at + 2] !== bracket) throw readingError('directory.suspicious-file', 'a document type in XML');
    const next = after(bytes, at + 9, ']]>');
    if (next > 0 && this.sink.wantsText) this.sink.text(bytes, at + 9, next - 3, true);
    return next;
  }
}

function after(bytes: Buffer, from: number, mark: string): number {
  const found = bytes.indexOf(mark, from, 'latin1');
  return found < 0 ? -1 : found + mark.length;
}
