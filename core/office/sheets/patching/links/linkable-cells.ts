import type { NumberRules } from '#core/contacts/index.ts';
import { columnLetters, holds } from '../cells/cell-place.ts';
import type { PlacedRow, SheetOutline } from '../cells/sheet-sink.ts';
import { mostLinks, type NewLink } from './link-edits.ts';
import { telTarget } from './tel-target.ts';

/** Cells of one column, with their texts. */
export class LinkableCells {
  private readonly column: number;
  private readonly rules: NumberRules;
  private readonly found: { row: number; target: string }[] = [];

  constructor(column: number, rules: NumberRules) {
    this.column = column;
    this.rules = rules;
  }

  /** Takes a row whose only cell is that of the column. A formula may be a link of its own, and is left alone. */
  look({ row, cells, formulas }: PlacedRow): void {
    if (formulas) return;
    const target = telTarget(cells[0]!, this.rules);
    if (target !== null) this.found.push({ row, target });
  }

  /** Those that have no link yet and are seen, as many as the sheet may have from the top. */
  links({ links, merged }: SheetOutline): NewLink[] {
    const { column } = this;
    const linked = new Set<number>();
    const wide = links.filter(({ range }) => {
      if (range && range.top === range.bottom && column >= range.left && column <= range.right) linked.add(range.top);
      return range !== null && range.top < range.bottom;
    });
    const isFree = (row: number) =>
      !linked.has(row) &&
      !wide.some(({ range }) => holds(range!, column, row)) &&
      !merged.some((range) => holds(range, column, row) && !(range.left === column && range.top === row));
    return this.found
      .filter(({ row }) => isFree(row))
      .slice(0, Math.max(0, mostLinks - links.length))
      .map(({ row, target }) => ({ reference: `${columnLetters(column)}${row}`, target }));
  }
}
