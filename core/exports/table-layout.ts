/**
 * What a cell holds: `date`, `time` and `moment` are ms of the local wall clock, counted as if it were UTC; `duration` is
 * ms; null is an empty cell.
 */
export type CellKind = 'text' | 'date' | 'time' | 'moment' | 'duration' | 'number';

export interface LayoutColumn<Row> {
  heading: string;
  kind: CellKind;
  /** In characters, as spreadsheets count. */
  width: number;
  value(row: Row): string | number | null;
}

/** What a table is made of, whatever its format. */
export interface TableLayout<Row> {
  title: string;
  /** Says how dates are written, and what separates the fields of a CSV file. */
  language: 'ru' | 'en';
  /** From left to right; at most 26. */
  columns: readonly LayoutColumn<Row>[];
}
