import { cellKind, type CellKind } from './cell-text.ts';

const [equals, doubleQuote, singleQuote, space, zero, nine] = [0x3d, 0x22, 0x27, 0x20, 0x30, 0x39];
const [letterR, letterS, letterT, letterA, letterZ] = [0x72, 0x73, 0x74, 0x41, 0x5a];
const [letterB, letterD, letterE, letterI] = [0x62, 0x64, 0x65, 0x69];

/** What the tag of a cell says: read anew for each cell into the same object. */
export class CellHead {
  /** Counted from 0; stays the one before plus one where the tag does not say it. */
  column = -1;
  kind: CellKind = cellKind.number;
  /** -1 for none. */
  style = -1;

  /** Reads any valid tag's attributes. */
  read(bytes: Buffer, from: number, to: number): void {
    this.next();
    for (let at = from; at < to; at++) {
      const name = bytes[at]!;
      if (name <= space) continue;
      const single = bytes[at + 1] === equals || bytes[at + 1]! <= space;
      while (at < to && bytes[at] !== doubleQuote && bytes[at] !== singleQuote) at += 1;
      const quote = bytes[at];
      const start = at + 1;
      for (at = start; at < to && bytes[at] !== quote;) at += 1;
      if (single) this.take(name, bytes, start);
    }
  }

  /**
   * The same for a tag as nearly all programs write it, `r`, `s` and `t` only, in double quotes and without needless
   * spaces.
   * @param from behind `<c `
   * @returns place of the `>` or `/` behind the attributes; -1 for any other tag
   */
  readQuickly(bytes: Buffer, from: number): number {
    const before = this.column;
    this.next();
    for (let at = from; ; at++) {
      const name = bytes[at];
      const known = name === letterR || name === letterS || name === letterT;
      if (known && bytes[at + 1] === equals && bytes[at + 2] === doubleQuote) {
        at = this.take(name, bytes, at + 3);
        if (bytes[at] === doubleQuote) {
          at += 1;
          if (bytes[at] === space) continue;
          return at;
        }
      }
      this.column = before;
      return -1;
    }
  }

  private next(): void {
    this.column += 1;
    this.kind = cellKind.number;
    this.style = -1;
  }

  /** @returns where the value ends */
  private take(name: number, bytes: Buffer, start: number): number {
    let at = start;
    let byte = bytes[at]!;
    if (name === letterR) {
      let column = 0;
      for (; byte >= letterA && byte <= letterZ; byte = bytes[++at]!) column = column * 26 + byte - letterA + 1;
      if (column > 0) this.column = column - 1;
      while (byte >= zero && byte <= nine) byte = bytes[++at]!;
    } else if (name === letterS) {
      this.style = 0;
      for (; byte >= zero && byte <= nine; byte = bytes[++at]!) this.style = this.style * 10 + byte - zero;
    } else if (name === letterT) {
      this.kind = kindOf(byte, bytes[start + 1]!);
      while (byte > doubleQuote && byte !== singleQuote) byte = bytes[++at]!;
    }
    return at;
  }
}

function kindOf(first: number, second: number): CellKind {
  // `s` alone is a shared string, `str` the text of a formula.
  if (first === letterS) return second === letterT ? cellKind.text : cellKind.shared;
  if (first === letterI || first === letterD) return cellKind.text;
  if (first === letterB) return cellKind.boolean;
  return first === letterE ? cellKind.error : cellKind.number;
}
