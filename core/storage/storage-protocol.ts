import type { ErrorReport } from '#contract/errors.ts';
import type { SchemaPart, SqlValue, Statement } from './database.ts';

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
  | { id: number; kind: 'close' };

export type StorageReply =
  | { id: number; result: unknown }
  | { id: number; error: ErrorReport }
  | { problem: ErrorReport | null }
  | { replaced: true };
