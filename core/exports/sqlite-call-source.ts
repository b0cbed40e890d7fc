import BetterSqlite3 from 'better-sqlite3';
import { countCalls, readPage, type CallArchive, type CallQuery } from '#core/call-log/index.ts';
import { PeopleBook, readPeople } from '#core/contacts/index.ts';
import type { CallFilter, CallPage } from '#contract/ipc/index.ts';
import type { SqlValue } from '#core/storage/index.ts';

/**
 * The calls of the agent's database by a connection of its own, blocking: for a worker. All answers are of the moment at
 * which it was opened; whoever writes meanwhile does not wait for it (WAL).
 */
export class SqliteCallSource implements Pick<CallArchive, 'query' | 'count'> {
  private readonly handle: BetterSqlite3.Database;
  private readonly people = new PeopleBook();

  private constructor(handle: BetterSqlite3.Database) {
    this.handle = handle;
  }

  /** Throws what SQLite throws. */
  static async open(file: string): Promise<SqliteCallSource> {
    const source = new SqliteCallSource(
      new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 2000 }),
    );
    source.handle.exec('BEGIN');
    await readPeople({ query: (sql, values) => source.read(sql, values) }, source.people);
    return source;
  }

  query(query: CallQuery): Promise<CallPage> {
    return readPage(this, this.people, query);
  }

  count(filter: CallFilter): Promise<number> {
    return countCalls(this, this.people, filter);
  }

  async read<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.handle.prepare(sql).all(...values) as Row[];
  }

  close(): void {
    this.handle.close();
  }
}
