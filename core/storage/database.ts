import type { ErrorReport } from '#contract/errors.ts';
import type { Event } from '#core/foundation/index.ts';
import type { StorageJobName, StorageJobs } from './storage-jobs.ts';

export type { PackedFile, StorageJobName, StorageJobs } from './storage-jobs.ts';

export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Statement {
  sql: string;
  values?: readonly SqlValue[];
}

export interface StatementResult {
  /** Rows inserted, updated or deleted. */
  changes: number;
  lastInsertRowid: number;
}

/**
 * One feature's tables. Migration n (counting from 1) brings the feature's version from n − 1 to n; a migration that
 * was released is never edited. Versions are counted for each feature apart.
 */
export interface SchemaPart {
  feature: string;
  migrations: readonly string[];
  /** How a damaged file's rows are taken over, in this order. What follows from others (by a trigger) is left out. */
  salvage?: readonly SalvagedTable[];
}

export interface SalvagedTable {
  table: string;
  /** Small, and named by others: taken over before anything else is written. */
  first?: boolean;
  /** What takes over one row, its columns by name (`@column`), null where the copy lacks one; nothing if it is there already. */
  statements: readonly string[];
}

/**
 * The agent's one SQLite file. Everything runs in a worker, in the order in which it was asked for, so that the
 * caller's loop never waits for a disk. What resolves is on the disk (WAL, synchronous=FULL).
 * Rejects with `storage.full`, `storage.read-only`, `storage.corrupt`, `storage.newer` or `storage.failed`; a file
 * that cannot be opened is tried again at a later request, at most once a second.
 */
export interface Database {
  execute(sql: string, values?: readonly SqlValue[]): Promise<StatementResult>;
  query<Row = Record<string, SqlValue>>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /**
   * For questions that may take long: asked beside what is written, so that no record waits for them.
   * Sees what was on the disk when it began.
   */
  read<Row = Record<string, SqlValue>>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** All of them or none. */
  transaction(statements: readonly Statement[]): Promise<StatementResult[]>;
  /**
   * Work of seconds or minutes, in a thread of its own and at a pace that leaves the disk to the records. Rejects with
   * a `storage.*` or `backup.*` code; ends with `storage.failed` when the database is closed meanwhile.
   */
  work<N extends StorageJobName>(
    name: N,
    request: StorageJobs[N]['request'],
    onProgress?: (progress: StorageJobs[N]['progress']) => void,
  ): Promise<StorageJobs[N]['result']>;
  /**
   * Puts another database file in the place of this one, for whoever asks from now on. What fails leaves the one that
   * was there.
   */
  replaceWith(file: string): Promise<void>;
  /** Sets the file aside as damaged and begins a new one, as if a statement had met the damage. */
  condemn(detail: string): Promise<void>;
  /** What keeps the file from being used now, or `storage.corrupt` (with `file` and `copy`) after a new one was begun. */
  readonly problem: ErrorReport | null;
  readonly onProblem: Event<ErrorReport | null>;
  /** Finishes what was asked for, then lets go of the file. */
  close(): Promise<void>;
}
