import { OffhookError } from '#contract/errors.ts';
import { attributesOf, tagsOf, withAttribute, type Tag } from '../package/markup.ts';
import { cellElement, type CellContent } from './cell-markup.ts';
import { columnLetters, readRange } from './cell-place.ts';

/** A cell as it is in the sheet. */
export interface CellAsIs {
  column: number;
  /** -1 for none. */
  style: number;
  hasFormula: boolean;
}

interface PlacedCell extends CellAsIs {
  start: number;
  end: number;
}

interface RowMarkup {
  tag: Tag;
  /** -1, or the style that all of the row has where a cell says nothing. */
  style: number;
  cells: PlacedCell[];
  /** Where the closing tag begins and ends; the same for an empty row. */
  close: number;
  end: number;
}

/** Styles about a cell, -1 for none: that of its whole row, and that of the nearest cell before it. */
export interface StylesAbout {
  row: number;
  before: number;
}

/** Says what a cell becomes, null where it is not there; a null of its own leaves it as it is. */
export type NextCell = (cell: CellAsIs | null, about: StylesAbout) => CellContent | null;

/** Rows are in memory as a whole: bytes, far above any that somebody typed. */
const longestRow = 16 * 1024 * 1024;

function cellAt(text: string, tag: Tag, before: number): PlacedCell {
  const attributes = attributesOf(text.slice(tag.start, tag.end));
  const place = readRange(attributes.get('r') ?? '');
  const style = Number(attributes.get('s') ?? -1);
  return { column: place?.left ?? before + 1, style, hasFormula: false, start: tag.start, end: tag.end };
}

/** Null if the row is not all there. */
function parseRow(text: string): RowMarkup | null {
  let row: RowMarkup | null = null;
  let cell: PlacedCell | null = null;
  let depth = 0;
  for (const tag of tagsOf(text)) {
    if (!row) {
      const attributes = attributesOf(text.slice(tag.start, tag.end));
      const style = /^(?:1|true)$/.test(attributes.get('customFormat') ?? '') ? Number(attributes.get('s') ?? -1) : -1;
      row = { tag, style, cells: [], close: tag.end, end: tag.end };
      if (tag.kind === 'empty') return row;
      continue;
    }
    if (tag.kind === 'close') {
      if (depth === 0) return { ...row, close: tag.start, end: tag.end };
      depth -= 1;
      if (depth === 0 && cell) cell.end = tag.end;
      continue;
    }
    if (depth === 0 && tag.name === 'c') {
      cell = cellAt(text, tag, row.cells.at(-1)?.column ?? -1);
      row.cells.push(cell);
    } else if (depth === 1 && tag.name === 'f' && cell) cell.hasFormula = true;
    if (tag.kind === 'open') depth += 1;
  }
  return null;
}

/** Which columns a row spans is a hint for readers; one that is wrong is worse than none (ECMA-376 part 1, 18.3.1.73). */
function widened(tag: string, last: number): string {
  const spans = attributesOf(tag).get('spans');
  const [, from, to] = /^(\d+):(\d+)$/.exec(spans ?? '') ?? [];
  if (from === undefined || to === undefined || Number(to) > last) return tag;
  return withAttribute(tag, 'spans', `${from}:${last + 1}`);
}

/**
 * A row with other cells in some columns; everything else of it stays byte for byte. Works on `latin1`, in which each
 * byte is a character, so that places are bytes.
 * @param bytes from the row's first byte on; may go on behind it
 * @param rowNumber counted from 1
 * @returns null if the row is not all there
 */
export function patchRow(
  bytes: Buffer,
  rowNumber: number,
  next: ReadonlyMap<number, NextCell>,
): { length: number; bytes: Buffer } | null {
  // Nearly every row is short, and what was read goes on far behind it.
  const short = bytes.subarray(0, 16 * 1024).toString('latin1');
  let [text, row] = [short, parseRow(short)];
  if (!row && bytes.length > short.length) {
    text = bytes.subarray(0, longestRow).toString('latin1');
    row = parseRow(text);
  }
  if (!row && bytes.length > longestRow) throw new OffhookError('sheet.too-large', { detail: `row ${rowNumber}` });
  if (!row) return null;
  const { tag } = row;
  const prefix = tag.prefix === '' ? '' : `${tag.prefix}:`;
  const edits: { start: number; end: number; text: string }[] = [];
  let last = -1;
  for (const [column, change] of [...next].sort(([one], [other]) => one - other)) {
    const there = row.cells.find((cell) => cell.column === column) ?? null;
    const before = row.cells.findLast((cell) => cell.column < column)?.style ?? -1;
    const content = change(there, { row: row.style, before });
    if (!content || (!there && content.content === null)) continue;
    const element = cellElement(`${columnLetters(column)}${rowNumber}`, content, prefix);
    const behind = row.cells.find((cell) => cell.column > column);
    const place = there ?? { start: behind?.start ?? row.close, end: behind?.start ?? row.close };
    edits.push({ start: place.start, end: place.end, text: Buffer.from(element).toString('latin1') });
    last = Math.max(last, column);
  }
  if (edits.length === 0) return { length: row.end, bytes: bytes.subarray(0, row.end) };
  let opening = widened(text.slice(tag.start, tag.end), last);
  let closing = text.slice(row.close, row.end);
  if (tag.kind === 'empty') {
    opening = opening.replace(/\s*\/>$/, '>');
    closing = `</${prefix}row>`;
  }
  let [result, at] = [opening, tag.end];
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return { length: row.end, bytes: Buffer.from(result + text.slice(at, row.close) + closing, 'latin1') };
}
