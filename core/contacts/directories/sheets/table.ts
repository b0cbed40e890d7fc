/** What is wrong with a cell: it holds an error, a formula without a result, or more text than a cell may. */
export interface CellFault {
  /** Place in `cells`. */
  index: number;
  kind: 'error' | 'not-calculated' | 'cut';
  /** The error as written, e.g. `#N/A`, or the formula. */
  text: string;
}

export interface TableRow {
  /** Counted from 1, as the program that shows the table counts them. */
  row: number;
  /** Text of each column that was asked for, in that order; empty for an empty cell. */
  cells: string[];
  faults: CellFault[] | null;
}

export interface RowBatch {
  rows: TableRow[];
  /** How much of the table is read by now, 0–1. */
  share: number;
}

/** A file of tables, open for reading. What it throws is a `directory.*` code. */
export interface TableFile {
  /** Names of the sheets in their order, hidden ones too; one without a name for a text file. */
  readonly sheets: readonly string[];
  /**
   * Rows that have something in the columns asked for, in the order in which they lie in the file.
   * @param columns counted from 0
   */
  rows(sheet: string, columns: readonly number[]): AsyncGenerator<RowBatch>;
  close(): Promise<void>;
}
