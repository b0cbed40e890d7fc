/** The last column of a sheet, counted from 0. */
export const lastColumn = 16_383;

export interface CellRange {
  /** Counted from 0. */
  left: number;
  right: number;
  /** Counted from 1. */
  top: number;
  bottom: number;
}

/** @param column counted from 0 */
export function columnLetters(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

const place = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/;

function readPlace(text: string): { column: number; row: number } | null {
  const [, letters, row] = place.exec(text.trim().toUpperCase()) ?? [];
  if (letters === undefined || row === undefined) return null;
  const column = [...letters].reduce((value, letter) => value * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(row) };
}

/** `B2` or `A1:C9`; null for anything else. */
export function readRange(text: string): CellRange | null {
  const [from, to] = text.split(':').map(readPlace);
  const last = to === undefined ? from : to;
  if (!from || !last) return null;
  return {
    left: Math.min(from.column, last.column),
    right: Math.max(from.column, last.column),
    top: Math.min(from.row, last.row),
    bottom: Math.max(from.row, last.row),
  };
}

export function rangeText({ left, right, top, bottom }: CellRange): string {
  const first = `${columnLetters(left)}${top}`;
  return left === right && top === bottom ? first : `${first}:${columnLetters(right)}${bottom}`;
}

export const holds = (range: CellRange, column: number, row: number) =>
  column >= range.left && column <= range.right && row >= range.top && row <= range.bottom;
