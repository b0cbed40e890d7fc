import type { ErrorReport } from '#contract/errors.ts';
import type { ResultColumns, SheetColumn, SheetFilter, SheetRow } from '#contract/ipc/index.ts';
import type { NumberRules } from '#core/contacts/index.ts';
import type { Event } from '#core/foundation/index.ts';
import type { SheetPlace } from '../sheet-place.ts';

/** What is asked about a sheet, and by which rules it is answered. */
export interface SheetQuestion {
  place: SheetPlace;
  /** Columns in which calls and follow-ups are looked for. */
  results: ResultColumns;
  rules: NumberRules;
}

export interface RowNumber {
  column: number;
  text: string;
  dial: string;
  display: string;
  extension: string | null;
  /** As `CallRecord.partyKey`. */
  partyKey: string;
  emergency: boolean;
}

/** A row as the sheet has it. */
export interface TableRow extends Pick<SheetRow, 'key' | 'row' | 'name' | 'firm' | 'cells'> {
  numbers: RowNumber[];
}

export interface TablePage {
  columns: SheetColumn[];
  total: number;
  rows: TableRow[];
  version: number;
}

/** What is known here of a row, and may not be in the sheet yet. Unix ms. */
export interface RowMark {
  key: string;
  calledAt: number | null;
  /** Of a result that waits to be written. */
  followUpAt: number | null;
  /** When a walk passed it over. */
  skippedAt: number | null;
}

export interface NextRow {
  /** Null where none is left. */
  row: TableRow | null;
  /** Rows without a number that were passed over. */
  passed: number;
  /** Rows with a number behind it. */
  left: number;
}

/** Where a walk goes on. */
export interface WalkPlace {
  /** Unix ms: rows that were called or passed over since are left out. */
  since: number;
  key: string | null;
  /** Where the row of that key was, for when it is gone; counted from 1. */
  row: number;
  /** The row itself comes first, if the filter lets it through. */
  included: boolean;
}

export interface TableNews {
  sheetId: string;
  version: number;
  /** Rows with a number; null until they are counted, which is told once more. */
  rows: number | null;
  /** What keeps the file from being read now; the rows are those read last. */
  problem: ErrorReport | null;
}

/**
 * Rows of sheets, kept in memory as they were read last. Rejects with a `directory.*` code where a sheet cannot be read
 * and never was.
 */
export interface SheetReader {
  page(asked: SheetQuestion & { filter: SheetFilter; offset: number; limit: number }): Promise<TablePage>;
  /** With whole cells. Rows that are not there are left out. */
  rows(asked: SheetQuestion & { keys: readonly string[] }): Promise<TablePage>;
  /** The rows that have a number of this party. */
  find(asked: SheetQuestion & { partyKey: string }): Promise<TablePage>;
  next(asked: SheetQuestion & { filter: SheetFilter; from: WalkPlace }): Promise<NextRow>;
  headings(asked: SheetQuestion): Promise<SheetColumn[]>;
  /** Cells that were just written, so that nobody has to wait until the file is read again. */
  written(sheetId: string, rows: readonly { key: string; cells: readonly { heading: string; text: string }[] }[]): void;
  mark(sheetId: string, marks: readonly RowMark[]): void;
  /** The file may have changed: if it was read before, it is read again. */
  lookAgain(sheetId: string): void;
  readonly onRead: Event<TableNews>;
  close(): Promise<void>;
}
