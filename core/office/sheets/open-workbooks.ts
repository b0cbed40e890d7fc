import type { CellValue } from './workbook-writer.ts';

/** Rows and columns of an open workbook count from 1, as Excel counts them. */
export interface OpenCell {
  row: number;
  column: number;
  /** Null only compares, e.g. the number and the name by which the row is known. */
  value: CellValue | null;
  /** As Offhook reads the cell in files, or as Excel shows it; another text there now is a conflict. Null takes any. */
  expected: string | null;
}

export type OpenRowOutcome =
  | { row: number; kind: 'written' }
  /** Nothing of the row was written. */
  | { row: number; kind: 'conflict'; cells: { column: number; now: string }[] }
  /** Nothing of the row was written, and never will be: a cell has a formula, or lies behind merged ones. */
  | { row: number; kind: 'refused'; cells: { column: number; now: string; reason: string }[] };

export interface OpenRow {
  row: number;
  /** Of the columns asked for, as Offhook reads them in files. */
  cells: string[];
}

/**
 * Workbooks that are open in this user's Excel, as they stand there, saved or not. Null where the file is not open so.
 * Nothing is saved, selected or brought to the front. A row whose write was cut short may be written again: cells that
 * have their value already count as written.
 * Rejects with `sheet.excel-busy`, `sheet.protected`, `sheet.read-only`, `sheet.final`, `sheet.missing` (no such sheet),
 * `sheet.failed`, `directory.cancelled`.
 */
export interface OpenWorkbooks {
  /** Names of its sheets in their order. */
  sheets(file: string, signal: AbortSignal): Promise<string[] | null>;
  /**
   * Rows up to the last that has anything in it, empty ones too.
   * @param columns counted from 1
   * @param rows the first and the last; all when left out
   */
  read(
    place: OpenSheet,
    columns: readonly number[],
    signal: AbortSignal,
    rows?: { from: number; to: number },
  ): Promise<OpenRow[] | null>;
  /** @param cells at most 1,000, each of 32,767 characters at most */
  write(place: OpenSheet, cells: readonly OpenCell[], signal: AbortSignal): Promise<OpenRowOutcome[] | null>;
}

export interface OpenSheet {
  /** Absolute path. */
  file: string;
  /** Empty for the first. */
  sheet: string;
}
