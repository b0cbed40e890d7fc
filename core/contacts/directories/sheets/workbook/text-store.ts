import { readingError } from '../reading-error.ts';

const blockSize = 1024 * 1024;
/** Bytes of all texts together: they are in memory while the sheet is read. */
const largest = 256 * 1024 * 1024;
/** Bytes of one text: far more than a cell takes. */
const longest = 256 * 1024;
/** More than a sheet has rows, many times over: each takes a few bytes, even an empty one. */
const mostTexts = 16 * 1024 * 1024;
/** Texts that come often come early, since each is numbered where it is used first. */
const remembered = 8192;

/** A longer text is added piece by piece. */
const mostAtOnce = 4096;
/** `<`, and those of `needsReading`. */
const stops = new Uint8Array(256);
for (const byte of [0x3c, 0x26, 0x0d, 0x5f]) stops[byte] = 1;

/**
 * Texts by number, kept as bytes in blocks: a JavaScript string of each would take several times the memory and, for
 * columns that nobody asked for, time for nothing.
 */
export class TextStore {
  private readonly blocks: Buffer[] = [];
  private block = Buffer.alloc(0);
  private used = 0;
  /** Where each text begins, in the blocks laid end to end, and how long it is: negative where it has more than ASCII. */
  private starts = new Uint32Array(1024);
  private lengths = new Int32Array(1024);
  private readonly strings: (string | undefined)[] = [];
  private count = 0;
  private length = 0;
  private ascii = true;

  /** Empty where there is no such text. */
  at(index: number): string {
    const known = this.strings[index];
    if (known !== undefined) return known;
    if (!(index < this.count)) return '';
    const [start, length] = [this.starts[index]!, this.lengths[index]!];
    const from = start % blockSize;
    const block = this.blocks[(start - from) / blockSize]!;
    const text =
      length < 0 ? block.toString('utf8', from, from - length) : block.toString('latin1', from, from + length);
    if (index < remembered) this.strings[index] = text;
    return text;
  }

  /** Adds UTF-8 to the text that is being written. */
  append(bytes: Buffer, from: number, to: number): void {
    const length = to - from;
    if (this.length + length > longest) return;
    if (this.used + this.length + length > this.block.length) this.nextBlock();
    const { block } = this;
    let place = this.used + this.length;
    let all = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      all |= byte;
      block[place++] = byte;
    }
    if (all >= 0x80) this.ascii = false;
    this.length += length;
  }

  /**
   * Adds UTF-8 that means what it says, up to the next tag.
   * @returns where it ends: at the `<`, at a byte of `needsReading`, at `end`, or after 4096 bytes
   */
  appendPlain(bytes: Buffer, from: number, end: number): number {
    const last = Math.min(end, from + mostAtOnce);
    if (this.used + this.length + mostAtOnce > this.block.length) this.nextBlock();
    const { block } = this;
    let place = this.used + this.length;
    let [at, all] = [from, 0];
    for (; at < last; at++) {
      const byte = bytes[at]!;
      if (stops[byte] === 1) break;
      all |= byte;
      block[place++] = byte;
    }
    if (all >= 0x80) this.ascii = false;
    this.length += at - from;
    return at;
  }

  /** Forgets what was written since the last `keep`. */
  drop(): void {
    this.length = 0;
    this.ascii = true;
  }

  /** Ends the text that was written, and gives it the next number. */
  keep(): void {
    if (this.count === this.starts.length) this.grow();
    this.starts[this.count] = Math.max(0, this.blocks.length - 1) * blockSize + this.used;
    this.lengths[this.count] = this.ascii ? this.length : -this.length;
    this.count += 1;
    this.used += this.length;
    this.length = 0;
    this.ascii = true;
  }

  /** The text that is being written goes on to the new one. */
  private nextBlock(): void {
    if (this.blocks.length * blockSize >= largest)
      throw readingError('directory.too-large', 'more than 256 MB of texts');
    const begun = this.block.subarray(this.used, this.used + this.length);
    this.block = Buffer.allocUnsafeSlow(blockSize);
    this.block.set(begun);
    this.blocks.push(this.block);
    this.used = 0;
  }

  private grow(): void {
    if (this.count >= mostTexts) throw readingError('directory.too-large', 'more than 16 million texts');
    const { starts, lengths } = this;
    this.starts = new Uint32Array(this.count * 2);
    this.starts.set(starts);
    this.lengths = new Int32Array(this.count * 2);
    this.lengths.set(lengths);
  }
}
