import type { RawLine } from './line-splitter.ts';
import { readPropertyHead, type PropertyHead } from './property-head.ts';

/** A property with all the lines that it was folded into, one character for each byte. */
export interface ContentLine {
  text: string;
  /** Of its first line, counted from 1. */
  number: number;
  /** Null for what is no property. */
  head: PropertyHead | null;
  /** It was longer than anything that is wanted: its end is missing. */
  cut: boolean;
}

/** A photo of a megabyte, as base64 and folded, and some more. */
const longest = 2 * 1024 * 1024;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Joins folded lines (RFC 6350 3.2; bytes, so that one folded within a character becomes whole), the soft line breaks of
 * quoted-printable, and the lines of a base64 value that some programs write without a space before them.
 */
export class LineJoiner {
  /** In vCard 2.1 the space that begins a folded line is part of the text. */
  keepsSpaces = false;
  private parts: string[] = [];
  private length = 0;
  private number = 0;
  private head: PropertyHead | null = null;
  private cut = false;
  /** The last line ended in a soft line break. */
  private soft = false;

  /** The property that is complete with this line having come. */
  push(line: RawLine): ContentLine | null {
    const more = this.continuation(line.text);
    if (more !== null) {
      this.add(more);
      return null;
    }
    const done = this.end();
    this.number = line.number;
    this.head = readPropertyHead(line.text);
    this.add(line.text);
    return done;
  }

  end(): ContentLine | null {
    if (this.parts.length === 0) return null;
    const text = this.parts.join('');
    const head = this.head ?? (this.parts.length > 1 ? readPropertyHead(text) : null);
    const { number, cut } = this;
    this.parts = [];
    [this.length, this.cut, this.soft] = [0, false, false];
    return { text, number, head, cut };
  }

  private add(text: string): void {
    this.soft = this.head?.encoding === 'quoted-printable' && text.endsWith('=');
    const kept = this.soft ? text.slice(0, -1) : text;
    if (this.length + kept.length > longest) this.cut = true;
    else {
      this.parts.push(kept);
      this.length += kept.length;
    }
  }

  /** What a line adds to the one before it; null where it begins a new one. */
  private continuation(text: string): string | null {
    if (this.parts.length === 0) return null;
    if (this.soft) return /^END:VCARD\s*$/i.test(text) ? null : text;
    if (/^[ \t]/.test(text)) return this.keepsSpaces ? text : text.slice(1);
    return this.head?.encoding === 'base64' && base64.test(text) ? text : null;
  }
}
