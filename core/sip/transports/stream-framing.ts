import { canonicalHeaderName } from '../messages/sip-message.ts';

/** Bytes: header fields and body together. */
export const maximumMessageSize = 65_536;

export type Framed =
  { kind: 'message'; bytes: Buffer } | { kind: 'line-end' } | { kind: 'broken'; cause: string; head: Buffer };

const carriageReturn = 13;
const lineFeed = 10;

/**
 * Cuts a byte stream into SIP messages by Content-Length (RFC 3261 18.3), wherever the network split it. Each CRLF
 * between messages is told as `line-end`, so that keep-alives can be answered. After `broken` the stream has lost
 * its frame: nothing more comes out, and the connection is to be closed.
 */
export class StreamFramer {
  private storage = Buffer.alloc(2048);
  private end = 0;
  /** Bytes from the beginning in which no end of header fields was found. */
  private scanned = 0;
  /** Whole length of the message at the beginning, once its header fields are read. */
  private expected: number | null = null;
  private broken = false;

  feed(chunk: Buffer): Framed[] {
    const framed: Framed[] = [];
    for (let offset = 0; offset < chunk.length && !this.broken;) {
      // Never holds more than one message, so that a flood of small ones costs no copying.
      const piece = chunk.subarray(offset, offset + maximumMessageSize);
      this.append(piece);
      offset += piece.length;
      this.drain(framed);
    }
    return framed;
  }

  private append(piece: Buffer): void {
    const needed = this.end + piece.length;
    if (needed > this.storage.length) {
      const larger = Buffer.alloc(Math.max(needed, this.storage.length * 2));
      this.storage.copy(larger, 0, 0, this.end);
      this.storage = larger;
    }
    piece.copy(this.storage, this.end);
    this.end = needed;
  }

  private drain(framed: Framed[]): void {
    let start = 0;
    for (;;) {
      if (this.expected === null) {
        start = this.skipLineEnds(start, framed);
        if (!this.readHead(start, framed)) break;
      }
      if (this.end - start < this.expected!) break;
      framed.push({ kind: 'message', bytes: Buffer.from(this.storage.subarray(start, start + this.expected!)) });
      start += this.expected!;
      this.expected = null;
      this.scanned = 0;
    }
    this.storage.copyWithin(0, start, this.end);
    this.end -= start;
  }

  private skipLineEnds(start: number, framed: Framed[]): number {
    if (this.scanned > 0) return start;
    let at = start;
    while (at < this.end) {
      if (this.storage[at] === carriageReturn && at + 1 < this.end && this.storage[at + 1] === lineFeed) {
        framed.push({ kind: 'line-end' });
        at += 2;
      } else if (this.storage[at] === lineFeed) at += 1;
      else break;
    }
    return at;
  }

  /** Finds the end of the header fields and sets `expected`; false when there is not enough yet, or never will be. */
  private readHead(start: number, framed: Framed[]): boolean {
    const view = this.storage.subarray(start, this.end);
    // A lone CR at the beginning may be half a keep-alive: leave it until its LF is there.
    if (view.length < 2) return false;
    const found = view.indexOf('\r\n\r\n', Math.max(0, this.scanned - 3));
    if (found < 0) {
      this.scanned = view.length;
      if (view.length > maximumMessageSize) this.fail('header fields are too long', view, framed);
      return false;
    }
    const length = bodyLength(view.toString('latin1', 0, found));
    if (typeof length === 'string') return this.fail(length, view.subarray(0, found + 4), framed);
    const whole = found + 4 + length;
    if (whole > maximumMessageSize) return this.fail('message is too large', view.subarray(0, found + 4), framed);
    this.expected = whole;
    return true;
  }

  private fail(cause: string, head: Buffer, framed: Framed[]): false {
    this.broken = true;
    framed.push({ kind: 'broken', cause, head: Buffer.from(head.subarray(0, maximumMessageSize)) });
    return false;
  }
}

/** Content-Length in bytes, or what is wrong with it. On a stream it must be there (RFC 3261 20.14). */
function bodyLength(head: string): number | string {
  const values = new Set<string>();
  for (const line of head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0 && canonicalHeaderName(line.slice(0, colon).trim()) === 'content-length')
      values.add(line.slice(colon + 1).trim());
  }
  const [value] = values;
  if (value === undefined) return 'Content-Length is missing on a stream';
  if (values.size > 1) return 'Content-Length is repeated with another value';
  if (!/^\d{1,9}$/.test(value)) return 'Content-Length is not a number';
  return Number(value);
}
