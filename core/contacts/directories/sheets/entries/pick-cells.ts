import type { TableRow } from '../table.ts';

/** A row with those of its cells that are read, by their places, and what is wrong with them. */
export function pickCells(row: TableRow, places: readonly number[]): TableRow {
  const faults = (row.faults ?? []).flatMap((fault) => {
    const index = places.indexOf(fault.index);
    return fault.index < 0 || index >= 0 ? [{ ...fault, index }] : [];
  });
  return {
    row: row.row,
    cells: places.map((place) => row.cells[place] ?? ''),
    faults: faults.length > 0 ? faults : null,
  };
}
