import type { ColumnRole } from '#contract/ipc/index.ts';
import type { MappedColumn } from '../headings/recognise-columns.ts';
import type { TableLayout } from '../headings/table-layout.ts';

/** A column of which cells are read. */
export type PlannedColumn = MappedColumn & {
  /** Place among a row's cells. */
  index: number;
  /** Of numbers: it holds the extension of the column before it. */
  isExtension: boolean;
};

/** What is read of each row. */
export interface RowPlan {
  /** Rows up to this one are no entries. */
  headerRow: number;
  /** To ask a table for. */
  columns: number[];
  byRole: ReadonlyMap<ColumnRole, readonly PlannedColumn[]>;
  /** By place among the cells. */
  planned: readonly PlannedColumn[];
}

const extension = /^\s*(?:доб|вн(?:утр)?\.? ?доб|ext)/i;

export function planRows({ headerRow, columns }: TableLayout): RowPlan {
  const planned = columns
    .filter(({ role }) => role !== 'ignored')
    .sort((one, other) => one.column - other.column)
    .map((column, index): PlannedColumn => ({ ...column, index, isExtension: extension.test(column.heading) }));
  const byRole = Map.groupBy(planned, ({ role }) => role);
  return { headerRow, columns: planned.map(({ column }) => column), byRole, planned };
}
