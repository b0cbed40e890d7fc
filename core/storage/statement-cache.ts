import type BetterSqlite3 from 'better-sqlite3';
import type { SqlValue, StatementResult } from './database.ts';

const maximumStatements = 200;

/** Prepared statements by their text, the least recently used dropped first. */
export class StatementCache {
  private readonly statements = new Map<string, BetterSqlite3.Statement>();
  private readonly handle: BetterSqlite3.Database;

  constructor(handle: BetterSqlite3.Database) {
    this.handle = handle;
  }

  all(sql: string, values: readonly SqlValue[]): unknown[] {
    const statement = this.prepare(sql);
    if (statement.reader) return statement.all(...values);
    statement.run(...values);
    return [];
  }

  run(sql: string, values: readonly SqlValue[]): StatementResult {
    const statement = this.prepare(sql);
    if (statement.reader) return { changes: statement.all(...values).length, lastInsertRowid: 0 };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  }

  private prepare(sql: string): BetterSqlite3.Statement {
    const present = this.statements.get(sql);
    if (present) {
      this.statements.delete(sql);
      this.statements.set(sql, present);
      return present;
    }
    const statement = this.handle.prepare(sql);
    this.statements.set(sql, statement);
    if (this.statements.size > maximumStatements) {
      const [oldest] = this.statements.keys();
      if (oldest !== undefined) this.statements.delete(oldest);
    }
    return statement;
  }
}
