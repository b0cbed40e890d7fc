import type { ExportFormat } from '#contract/ipc/index.ts';
import { CsvTable } from './csv-table.ts';
import type { TableLayout } from './table-layout.ts';
import { XlsxTable } from './xlsx/xlsx-table.ts';

/** Takes the bytes of a file in order; throws what the disk throws. */
export type ByteSink = (bytes: Uint8Array) => void;

/** A file that is written row by row. What throws in the sink rejects here. */
export interface ExportTable<Row> {
  add(rows: readonly Row[]): Promise<void>;
  /** Writes what stands at the end of the file. */
  finish(): Promise<void>;
}

export function openTable<Row>(format: ExportFormat, layout: TableLayout<Row>, sink: ByteSink): ExportTable<Row> {
  return format === 'csv' ? new CsvTable(layout, sink) : new XlsxTable(layout, sink);
}
