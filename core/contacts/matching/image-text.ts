// Longer than any note that anybody reads; hostile text ends here.
const mostCharacters = 20_000;
const firstSize = 1 << 16;

/** Texts one behind the other, each with its length before it: one byte, or four with the first bit set. */
export class TextWriter {
  private buffer = Buffer.allocUnsafeSlow(firstSize);
  private used = 1;
  private readonly known = new Map<string, number>();

  constructor() {
    // Place 0 is the empty text.
    this.buffer[0] = 0;
  }

  /** @returns where the text lies */
  add(text: string): number {
    if (text === '') return 0;
    const bounded = text.length > mostCharacters ? text.slice(0, mostCharacters) : text;
    const most = bounded.length * 3;
    this.reserve(most + 4);
    const at = this.used;
    const head = most < 0x80 ? 1 : 4;
    const length = this.buffer.write(bounded, at + head, 'utf8');
    if (head === 1) this.buffer[at] = length;
    else this.buffer.writeUInt32BE((length | 0x80000000) >>> 0, at);
    this.used = at + head + length;
    return at;
  }

  /** As `add`, once for all equal texts: for what many people have alike. */
  share(text: string): number {
    if (text === '') return 0;
    const before = this.known.get(text);
    if (before !== undefined) return before;
    const at = this.add(text);
    this.known.set(text, at);
    return at;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }

  private reserve(more: number): void {
    if (this.used + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.used + more));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}

/** The same texts, read from shared memory. What lies outside is empty. */
export class TextReader {
  private readonly buffer: Buffer;

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  at(place: number): string {
    if (place === 0 || place + 4 > this.buffer.length) return this.short(place);
    const first = this.buffer[place]!;
    if (first < 0x80) return this.short(place);
    const length = this.buffer.readUInt32BE(place) & 0x7fffffff;
    return this.buffer.toString('utf8', place + 4, Math.min(place + 4 + length, this.buffer.length));
  }

  private short(place: number): string {
    const length = this.buffer[place] ?? 0;
    return length === 0 || length >= 0x80 ? '' : this.buffer.toString('utf8', place + 1, place + 1 + length);
  }
}
