import BetterSqlite3 from 'better-sqlite3';
import { countCalls, readPage, type CallArchive, type CallQuery } from '#core/call-log/index.ts';
import { PeopleBook, readPeople } from '#core/contacts/index.ts';
import type { CallFilter, CallPage, PeopleExportRequest } from '#contract/ipc/index.ts';
import type { SqlValue } from '#core/storage/index.ts';
import type { PeopleSource } from './people/exported-person.ts';
import { SqlitePeopleSource } from './sqlite-people-source.ts';

/**
 * The calls and people of the agent's database by a connection of its own, blocking: for a worker. All answers are of the moment at
 * which it was opened; whoever writes meanwhile does not wait for it (WAL).
 */
export class SqliteExportSource implements Pick<CallArchive, 'query' | 'count'> {
  private readonly handle: BetterSqlite3.Database;
  private readonly book = new PeopleBook();

  private constructor(handle: BetterSqlite3.Database) {
    this.handle = handle;
  }

  /** Throws what SQLite throws. */
  static async open(file: string): Promise<SqliteExportSource> {
    const source = new SqliteExportSource(
      new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 2000 }),
    );
    source.handle.exec('BEGIN');
    await readPeople({ query: (sql, values) => source.read(sql, values) }, source.book);
    return source;
  }

  query(query: CallQuery): Promise<CallPage> {
    return readPage(this, this.book, query);
  }

  count(filter: CallFilter): Promise<number> {
    return countCalls(this, this.book, filter);
  }

  people(which: PeopleExportRequest['people']): PeopleSource {
    return new SqlitePeopleSource(this.handle, which);
  }

  async read<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.handle.prepare(sql).all(...values) as Row[];
  }

  close(): void {
    this.handle.close();
  }
}
