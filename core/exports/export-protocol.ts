import type { ErrorReport } from '#contract/errors.ts';
import type { ExportCount, ExportOrder } from './export-files.ts';

/** What the export worker is started with. */
export interface ExportWorkerData {
  /** Path of the agent's database. */
  database: string;
  /** Path of the file to make. */
  file: string;
  order: ExportOrder;
}

/** The last one has `bytes`, the size of the file, or the error. */
export type ExportReply = { count: ExportCount } | { bytes: number } | { error: ErrorReport };
