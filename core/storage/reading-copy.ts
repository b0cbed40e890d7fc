import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import type { SchemaPart, SqlValue } from './database.ts';
import { openSqlite } from './open-sqlite.ts';
import { StatementCache } from './statement-cache.ts';

// The index of the journal (-shm) belongs to whoever has the file open; SQLite makes it anew from the journal.
const companions = ['', '-wal'];

/**
 * A private copy in the temporary directory of a database where nothing can be written: SQLite cannot open such a file
 * itself, because even a reader of it wants to write beside it.
 */
export class ReadingCopy {
  private readonly folder: string;
  private readonly handle: BetterSqlite3.Database;
  private readonly statements: StatementCache;

  private constructor(folder: string, handle: BetterSqlite3.Database) {
    this.folder = folder;
    this.handle = handle;
    this.statements = new StatementCache(handle);
  }

  /** Null where there is nothing to read, or no room for it. */
  static take(file: string, parts: readonly SchemaPart[]): ReadingCopy | null {
    if (!existsSync(file)) return null;
    const name = createHash('sha256').update(file).digest('hex').slice(0, 16);
    const folder = path.join(os.tmpdir(), `offhook-reading-${name}`);
    let ours = false;
    try {
      // One that a crash left behind; somebody else's cannot be removed, and making ours then fails.
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { mode: 0o700 });
      ours = true;
      const copy = path.join(folder, path.basename(file));
      for (const companion of companions)
        if (existsSync(file + companion)) copyFileSync(file + companion, copy + companion);
      return new ReadingCopy(folder, openSqlite(copy, parts));
    } catch {
      // The caller tells what is wrong with the file itself.
      if (ours) rmSync(folder, { recursive: true, force: true });
      return null;
    }
  }

  all(sql: string, values: readonly SqlValue[]): unknown[] {
    return this.statements.all(sql, values);
  }

  dispose(): void {
    this.handle.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
