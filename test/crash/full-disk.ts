import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { Event } from '#core/foundation/index.ts';
import type { Database, SqlValue, Statement, StatementResult, StorageJobName, StorageJobs } from '#core/storage/index.ts';

/** A database whose disk is full whenever a test says so: nothing can be written then, and all can be read. */
export class FullDisk implements Database {
  full = false;
  private readonly database: Database;
  readonly onProblem: Event<ErrorReport | null>;

  constructor(database: Database) {
    this.database = database;
    this.onProblem = database.onProblem;
  }

  get problem(): ErrorReport | null {
    return this.database.problem;
  }

  async execute(sql: string, values?: readonly SqlValue[]): Promise<StatementResult> {
    this.refuseWhenFull();
    return this.database.execute(sql, values);
  }

  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.database.query<Row>(sql, values);
  }

  read<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.database.read<Row>(sql, values);
  }

  async transaction(statements: readonly Statement[]): Promise<StatementResult[]> {
    this.refuseWhenFull();
    return this.database.transaction(statements);
  }

  work<N extends StorageJobName>(name: N, request: StorageJobs[N]['request']): Promise<StorageJobs[N]['result']> {
    return this.database.work(name, request);
  }

  replaceWith(file: string): Promise<void> {
    return this.database.replaceWith(file);
  }

  condemn(detail: string): Promise<void> {
    return this.database.condemn(detail);
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private refuseWhenFull(): void {
    if (this.full) throw new OffhookError('storage.full', { values: { file: 'the disk of a test' } });
  }
}
