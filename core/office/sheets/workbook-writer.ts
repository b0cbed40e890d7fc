import type { ErrorReport } from '#contract/errors.ts';
import type { SheetMapping } from '#contract/ipc/index.ts';

/** A value as it is put into a cell. `date`: Unix ms, shown as a date (and time) by a style the workbook already has. */
export type CellValue =
  { kind: 'text'; text: string } | { kind: 'date'; at: number; withTime: boolean } | { kind: 'empty' };

export interface CellChange {
  /** Of the column; one that the sheet lacks becomes a new column after the last. */
  heading: string;
  value: CellValue;
  /**
   * As the cell was shown when the row was read; another text there now is a conflict, unless it is what is to be written.
   * Null overwrites whatever is there.
   */
  expected: string | null;
}

export interface RowChange {
  /** Of whoever asks; comes back in the outcome. */
  id: number;
  /** Identity of the row, as the sheet's entries have it (`RowKeys`). */
  key: string;
  /** Where it was last, counted from 1: looked at first. */
  row: number | null;
  cells: readonly CellChange[];
}

export type RowOutcome =
  | { id: number; kind: 'written'; row: number }
  /** Nothing of the row was written. */
  | { id: number; kind: 'conflict'; row: number; cells: { heading: string; now: string }[] }
  | { id: number; kind: 'gone' }
  | { id: number; kind: 'several' }
  /** It will never be taken as it is: too long for a cell, or over a formula. */
  | { id: number; kind: 'refused'; report: ErrorReport };

export interface WorkbookTarget {
  /** Absolute path. */
  file: string;
  /** Name of the sheet; empty for the first, and for a text file. */
  sheet: string;
  /** How its entries are read: the heading row, and which columns make a row's identity. */
  mapping: SheetMapping | null;
  /** Before the file's rows' keys, for directories that are a folder; see `RowKeys`. */
  keyPrefix: string;
}

export interface LinkChange {
  /** Counted from 0. */
  column: number;
  /** True makes `tel:` links of cells that hold one number and no link; false takes those out again. */
  links: boolean;
  /** What is dialled for a cell's text; null for a text that is no number. */
  country: string;
  areaCode: string;
}

/**
 * Writes results into somebody's workbook and nothing else: the sheet's own XML part alone is changed (with its `.rels`
 * where links are asked for), the file is replaced in one step, and the version before is kept.
 * Rejects with `sheet.missing`, `sheet.locked`, `sheet.read-only`, `sheet.encrypted`, `sheet.final`, `sheet.protected`,
 * `sheet.signed`, `sheet.broken`, `sheet.too-large`, `sheet.no-space`, `sheet.excel-busy`, `sheet.failed`; nothing was
 * written then.
 */
export interface WorkbookWriter {
  /** Whether it can be written to now; cheap. Resolves to the error it would reject with. */
  look(file: string): Promise<ErrorReport | null>;
  /** Whether it is open in this user's Excel, which takes values at once; false where nobody can say. */
  isOpenHere?(file: string): Promise<boolean>;
  write(target: WorkbookTarget, changes: readonly RowChange[]): Promise<{ rows: RowOutcome[]; copy: string | null }>;
  setLinks(target: WorkbookTarget, change: LinkChange): Promise<{ cells: number; copy: string | null }>;
  /** Puts the version before the last write back. @throws OffhookError `sheet.nothing-to-undo`, `sheet.changed` */
  undo(file: string): Promise<void>;
  /** Unix ms of the last write of this file, if it can be undone. */
  lastWrite(file: string): { at: number; canUndo: boolean } | null;
}
