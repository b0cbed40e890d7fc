import { readingError } from '../reading-error.ts';

/** One record of a text table. */
export interface TextRecord {
  fields: string[];
  /** It ends with the text, in the middle of a quoted field: what follows is lost. */
  cut: boolean;
  /** Where it begins, and where the next one does, in UTF-16 units of all that was written. */
  start: number;
  next: number;
  /** Beginning and end of each field as it is written, in the same units; only where they were asked for. */
  places: number[];
}

const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];
/** UTF-16 units of a field; what is longer is no cell, but a quote that is never closed. */
const longestField = 32_767;
const mostFields = 16_384;
const longestRecord = 4 * 1024 * 1024;

/**
 * Parts a text into records and fields (RFC 4180, with any delimiter and any line end). A quote that is closed nowhere
 * near is taken for a character, so that it costs one cell and not the rest of the table.
 */
export class RecordScanner {
  private readonly delimiter: number;
  private readonly placing: boolean;
  private rest = '';
  /** Where it begins. */
  private position = 0;

  constructor(delimiter: string, { placing = false } = {}) {
    this.delimiter = delimiter.charCodeAt(0);
    this.placing = placing;
  }

  /** Takes the next piece of the text, and gives the records that it completes. */
  write(piece: string): TextRecord[] {
    this.rest += piece;
    return this.take(false);
  }

  end(): TextRecord[] {
    return this.take(true);
  }

  private take(last: boolean): TextRecord[] {
    const records: TextRecord[] = [];
    const text = this.rest;
    let at = 0;
    while (at < text.length) {
      const found = this.record(text, at, last);
      if (!found) break;
      records.push(found.record);
      at = found.next;
    }
    this.rest = text.slice(at);
    this.position += at;
    if (this.rest.length > longestRecord) throw readingError('directory.unsupported-file', 'a line of more than 4 MB');
    return records;
  }

  /** Null where the record does not end within the text, and more is to come. */
  private record(text: string, from: number, last: boolean): { record: TextRecord; next: number } | null {
    const { position } = this;
    const fields: string[] = [];
    const places: number[] = [];
    let cut = false;
    for (let at = from; ;) {
      const field = this.quoted(text, at, last) ?? this.bare(text, at);
      if (field === 'unfinished') return null;
      if (fields.length < mostFields) fields.push(field.text);
      if (this.placing && places.length < 2 * mostFields) places.push(position + at, position + field.next);
      cut ||= field.cut;
      at = field.next;
      if (at >= text.length && !last) return null;
      if (text.charCodeAt(at) === this.delimiter && at < text.length) {
        at += 1;
        continue;
      }
      const next = afterLineEnd(text, at, last);
      if (next === null) return null;
      return { record: { fields, cut, start: position + from, next: position + next, places }, next };
    }
  }

  private bare(text: string, from: number): { text: string; next: number; cut: boolean } {
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === this.delimiter || code === lineFeed || code === carriageReturn) break;
    }
    return { text: text.slice(from, at), next: at, cut: false };
  }

  /** Null for a field that is not quoted, or whose quote is only a character. */
  private quoted(text: string, from: number, last: boolean) {
    if (text.charCodeAt(from) !== quote) return null;
    let inside = '';
    for (let at = from + 1; ;) {
      const close = text.indexOf('"', at);
      const tooLong = (close < 0 ? text.length : close) - from > longestField;
      if (tooLong) return null;
      if (close < 0) {
        if (!last) return 'unfinished';
        const isLastLine = !/[\r\n]+[^\r\n]/.test(text.slice(from));
        return isLastLine ? { text: inside + text.slice(at), next: text.length, cut: true } : null;
      }
      inside += text.slice(at, close);
      if (close + 1 === text.length && !last) return 'unfinished';
      if (text.charCodeAt(close + 1) === quote) {
        inside += '"';
        at = close + 2;
        continue;
      }
      const behind = this.bare(text, close + 1);
      // It closes nothing, but opens the next of two that stand in the middle of a text.
      if (behind.text !== '' && inside.includes('\n')) return null;
      return { text: inside + behind.text, next: behind.next, cut: false };
    }
  }
}

/** Null where a line feed may follow in the next piece. */
function afterLineEnd(text: string, at: number, last: boolean): number | null {
  if (text.charCodeAt(at) !== carriageReturn) return at + 1;
  if (at + 1 === text.length && !last) return null;
  return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
}
