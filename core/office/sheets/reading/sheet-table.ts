import type { SheetColumn } from '#contract/ipc/index.ts';
import { foldHeading, type PlannedColumn } from '#core/contacts/directories/sheets/index.ts';

/** Stands between a row's cells: no cell of a workbook may hold it. */
const between = '\u001f';

export interface TableEntry {
  key: string;
  /** Counted from 1. */
  row: number;
  name: string;
  firm: string;
  /** All cells in one text, which takes a third of the room. */
  cells: string;
}

export function packCells(cells: readonly string[]): string {
  const isFit = cells.every((cell) => !cell.includes(between));
  return (isFit ? cells : cells.map((cell) => cell.replaceAll(between, ' '))).join(between);
}

export function unpackCells(packed: string): string[] {
  return packed.split(between);
}

/** A sheet as it was read, in the order of its rows. */
export class SheetTable {
  readonly columns: readonly SheetColumn[];
  /** Those with numbers; their `index` is the place among all cells. */
  readonly numberColumns: readonly PlannedColumn[];
  readonly entries: readonly TableEntry[];
  private places: Map<string, number> | null = null;

  constructor(columns: readonly SheetColumn[], numberColumns: readonly PlannedColumn[], entries: TableEntry[]) {
    this.columns = columns;
    this.numberColumns = numberColumns;
    // Rows may lie in the file in any order.
    const isSorted = entries.every(({ row }, index) => index === 0 || entries[index - 1]!.row <= row);
    this.entries = isSorted ? entries : entries.sort((one, other) => one.row - other.row);
  }

  /** Place among the entries; -1 for none. */
  placeOf(key: string): number {
    // Whoever only turns pages asks for none.
    this.places ??= new Map(this.entries.map((entry, index) => [entry.key, index]));
    return this.places.get(key) ?? -1;
  }

  /** Place of a column among the cells, by its heading; -1 for none. */
  columnOf(heading: string | null): number {
    if (heading === null) return -1;
    const same = this.columns.findIndex((column) => column.heading === heading);
    if (same >= 0) return same;
    const folded = foldHeading(heading);
    return folded === '' ? -1 : this.columns.findIndex((column) => foldHeading(column.heading) === folded);
  }

  /** Puts texts into cells of a row; columns that are not there are left out. */
  setCells(key: string, cells: readonly { heading: string; text: string }[]): void {
    const entry = this.entries[this.placeOf(key)];
    if (!entry) return;
    const texts = unpackCells(entry.cells);
    for (const { heading, text } of cells) {
      const index = this.columnOf(heading);
      if (index >= 0) texts[index] = text;
    }
    entry.cells = packCells(texts);
  }
}
