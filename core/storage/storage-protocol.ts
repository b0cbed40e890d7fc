import type { ErrorReport } from '#contract/errors.ts';
import type { SchemaPart, SqlValue, Statement } from './database.ts';
import type { StorageJobName } from './storage-jobs.ts';

/** What the storage worker is started with. */
export interface StorageWorkerData {
  file: string;
  parts: readonly SchemaPart[];
  /** A second connection that only reads, for questions that take long. */
  readOnly: boolean;
}

export type StorageRequest =
  | { id: number; kind: 'query'; sql: string; values: readonly SqlValue[] }
  | { id: number; kind: 'transaction'; statements: readonly Statement[] }
  | { id: number; kind: 'replaceWith'; file: string }
  | { id: number; kind: 'condemn'; detail: string }
  | { id: number; kind: 'job'; name: StorageJobName; request: unknown }
  | { id: number; kind: 'close' };

export type StorageReply =
  | { id: number; result: unknown }
  | { id: number; error: ErrorReport }
  | { id: number; progress: unknown }
  | { problem: ErrorReport | null }
  | { replaced: true };
