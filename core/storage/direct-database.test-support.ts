import type BetterSqlite3 from 'better-sqlite3';
import { Emitter } from '#core/foundation/index.ts';
import type { Database, SchemaPart, SqlValue, Statement, StatementResult } from './database.ts';
import { openSqlite } from './open-sqlite.ts';

/** The agent's database in the test's own thread. What is asked for after `fail` was set rejects with it. */
export class DirectDatabase implements Database {
  readonly problem = null;
  readonly onProblem = new Emitter<null>().event;
  fail: Error | null = null;
  private readonly handle: BetterSqlite3.Database;

  constructor(file: string, parts: readonly SchemaPart[]) {
    this.handle = openSqlite(file, parts);
  }

  async execute(sql: string, values: readonly SqlValue[] = []): Promise<StatementResult> {
    this.mayFail();
    const { changes, lastInsertRowid } = this.handle.prepare(sql).run(...values);
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  }

  async query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    this.mayFail();
    return this.handle.prepare(sql).all(...values) as Row[];
  }

  read<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.query(sql, values);
  }

  async transaction(statements: readonly Statement[]): Promise<StatementResult[]> {
    this.mayFail();
    return this.handle.transaction(() =>
      statements.map(({ sql, values = [] }) => {
        const { changes, lastInsertRowid } = this.handle.prepare(sql).run(...values);
        return { changes, lastInsertRowid: Number(lastInsertRowid) };
      }),
    )();
  }

  work(): never {
    throw new Error('no long work in a test of this kind');
  }

  replaceWith(): never {
    throw new Error('no other database in a test of this kind');
  }

  condemn(): never {
    throw new Error('no damage in a test of this kind');
  }

  async close(): Promise<void> {
    this.handle.close();
  }

  private mayFail(): void {
    if (this.fail) throw this.fail;
  }
}
