import { rowHeights } from './list-rows.ts';
import type { ListRow } from './list-rows.ts';

/** Index of the row at an offset in px from the top of the list; -1 where there is none. */
export function rowAtOffset(rows: readonly ListRow[], offset: number): number {
  let end = 0;
  return rows.findIndex(({ kind }) => (end += rowHeights[kind]) > offset);
}

function offsetOf(rows: readonly ListRow[], key: string): number | null {
  let start = 0;
  for (const row of rows) {
    if (row.key === key) return start;
    start += rowHeights[row.kind];
  }
  return null;
}

/**
 * How far, in px, what stands at `from` in `before` has moved in `next`. Where that row is gone, the next one that is
 * still there stands for it; 0 where none is.
 */
export function shiftOfRows(before: readonly ListRow[], next: readonly ListRow[], from: number): number {
  if (from < 0) return 0;
  const keys = new Set(next.map(({ key }) => key));
  const anchor = before.slice(from).find(({ key }) => keys.has(key));
  if (!anchor) return 0;
  return (offsetOf(next, anchor.key) ?? 0) - (offsetOf(before, anchor.key) ?? 0);
}
