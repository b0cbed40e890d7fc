import type { ErrorReport } from '#contract/errors.ts';
import type { SourceEntry } from '#core/contacts/directories/source-entry.ts';
import type { TableFile } from '../table.ts';
import type { TableLayout } from '../headings/table-layout.ts';
import { RowEntries, type RowPlace } from './row-entry.ts';
import type { RowKeys } from './row-identity.ts';
import { planRows } from './row-plan.ts';

export interface EntryBatch {
  entries: SourceEntry[];
  /** How much of the sheet is read by now, 0–1. */
  share: number;
}

/** Reads a sheet to its end; what cannot be taken of it is told to `skip`. */
export async function* readEntries(
  table: TableFile,
  layout: TableLayout,
  place: RowPlace,
  keys: RowKeys,
  skip: (report: ErrorReport) => void,
): AsyncGenerator<EntryBatch> {
  const plan = planRows(layout);
  const rows = new RowEntries(plan, place, keys, skip);
  for await (const batch of table.rows(place.sheet, plan.columns)) {
    const entries = batch.rows.map((row) => rows.entryOf(row)).filter((entry) => entry !== null);
    yield { entries, share: batch.share };
  }
}
