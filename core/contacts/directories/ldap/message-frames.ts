/** One LDAP message as it came; of one that is too long (`whole` is false) only its beginning. */
export interface Frame {
  bytes: Buffer;
  whole: boolean;
}

/** Longest message taken as a whole, in bytes: no entry of an address book needs more, whatever picture it has. */
const longestMessage = 4 * 1024 * 1024;
/** What nobody would send in good faith. */
const longestAnswer = 256 * 1024 * 1024;
/** Enough for the name of the entry that is too long. */
const headBytes = 8192;

/** Cuts what a server sends into messages (RFC 4511, 5.1), without ever holding more than one that may be taken. */
export class MessageFrames {
  private held: Buffer[] = [];
  private heldBytes = 0;
  /** Bytes of the message under way that are still to come; null before its length is known. */
  private missing: number | null = null;
  private whole = true;

  /** Nothing of a message has come that is not complete. */
  get empty(): boolean {
    return this.heldBytes === 0 && this.missing === null;
  }

  /** @throws RangeError for bytes that are no LDAP */
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      if (this.missing === null) rest = this.begin(rest);
      if (this.missing === null) break;
      const taken = rest.subarray(0, this.missing);
      rest = rest.subarray(taken.length);
      this.missing -= taken.length;
      this.keep(taken);
      if (this.missing === 0) frames.push(this.end());
    }
    return frames;
  }

  private begin(rest: Buffer): Buffer {
    const start = this.heldBytes > 0 ? Buffer.concat([...this.held, rest]) : rest;
    const size = messageSize(start);
    this.held = size === null ? [start] : [];
    this.heldBytes = size === null ? start.length : 0;
    if (size === null) return Buffer.alloc(0);
    this.missing = size;
    this.whole = size <= longestMessage;
    return start;
  }

  private keep(taken: Buffer): void {
    const wanted = this.whole ? taken : taken.subarray(0, Math.max(0, headBytes - this.heldBytes));
    if (wanted.length === 0) return;
    this.held.push(wanted);
    this.heldBytes += wanted.length;
  }

  private end(): Frame {
    const [first = Buffer.alloc(0)] = this.held;
    const bytes = this.held.length === 1 ? first : Buffer.concat(this.held);
    this.held = [];
    this.heldBytes = 0;
    this.missing = null;
    return { bytes, whole: this.whole };
  }
}

/** Bytes from the tag to the end; null when the length has not come yet. */
function messageSize(start: Buffer): number | null {
  if (start[0] !== 0x30) throw new RangeError(`a message begins with ${start[0]}`);
  const length = start[1];
  if (length === undefined) return null;
  if (length < 0x80) return 2 + length;
  const bytes = length & 0x7f;
  if (bytes === 0 || bytes > 4) throw new RangeError(`a length of ${bytes} bytes`);
  if (start.length < 2 + bytes) return null;
  const size = 2 + bytes + start.readUIntBE(2, bytes);
  if (size > longestAnswer) throw new RangeError(`a message of ${size} bytes`);
  return size;
}
