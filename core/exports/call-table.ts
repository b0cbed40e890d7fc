import type { LoggedCall } from '#contract/ipc/index.ts';
import { CsvTable } from './csv-table.ts';
import type { ExportPlan } from './export-files.ts';
import { XlsxTable } from './xlsx/xlsx-table.ts';

/** Takes the bytes of a file in order; throws what the disk throws. */
export type ByteSink = (bytes: Uint8Array) => void;

/** A table of calls in one of the formats. What throws in the sink rejects here. */
export interface CallTable {
  add(calls: readonly LoggedCall[]): Promise<void>;
  /** Writes what stands at the end of the file. */
  finish(): Promise<void>;
}

export function openCallTable(plan: ExportPlan, sink: ByteSink): CallTable {
  return plan.format === 'csv' ? new CsvTable(plan, sink) : new XlsxTable(plan, sink);
}
