/** A line of a file, one character for each byte. */
export interface RawLine {
  text: string;
  /** Counted from 1. */
  number: number;
}

/** The rest of a longer one is dropped: nothing that is wanted has so long a line. */
const longest = 4 * 1024 * 1024;

/** Cuts what comes in pieces into lines, ended by CR LF, LF or CR. */
export class LineSplitter {
  private rest = '';
  private number = 0;
  private afterReturn = false;

  /** @param piece one character for each byte */
  push(piece: string): RawLine[] {
    if (piece === '') return [];
    const text = this.afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.afterReturn = piece.endsWith('\r');
    const parts = text.split(/\r\n|\n|\r/);
    const last = parts.pop() ?? '';
    const lines = parts.map((part) => this.line(part));
    this.rest = (this.rest + last).slice(0, longest);
    return lines;
  }

  /** What stands behind the last line's end. */
  end(): RawLine[] {
    return this.rest === '' ? [] : [this.line('')];
  }

  private line(end: string): RawLine {
    const text = (this.rest + end).slice(0, longest);
    this.rest = '';
    this.number += 1;
    return { text, number: this.number };
  }
}
