import BetterSqlite3 from 'better-sqlite3';
import { toStorageError, type Slice } from '#core/storage/index.ts';
import { packNumbers, unpackNumbers } from '../stored-entry.ts';
import { aliasStatements, unaliasStatement } from './entry-alias.ts';
import type { EntryStore, KeptEntry, ListedEntry } from './entry-store.ts';

export interface SqliteEntryStoreOptions {
  /** Path of the agent's database, which somebody else made. */
  file: string;
  /** Monotonic ms. */
  now: () => number;
  /** How long a transaction may last now. */
  slice: () => Slice;
  /** Resolves after about so many ms; for 0 after other tasks had their turn. */
  pause: (milliseconds: number) => Promise<void>;
}

const rowsAtOnce = 500;
/** Smaller than the agent's own 1000, so that the file is seldom tidied by who commits a record. */
const pagesToTidyAt = 500;

const columns =
  'directory_id, key, handle, content_hash, name, firm, role, department, numbers, emails, links, note, fields, photo, open, place';
const kept = 'content_hash name firm role department numbers emails links note fields photo open place'.split(' ');
const sql = {
  hashes: 'SELECT key, content_hash FROM directory_entry WHERE directory_id = ?',
  put: `INSERT INTO directory_entry (${columns})
    VALUES (${columns
      .split(', ')
      .map((name) => `@${name}`)
      .join(', ')})
    ON CONFLICT (directory_id, key) DO UPDATE SET ${kept.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  find: 'SELECT handle, photo FROM directory_entry WHERE directory_id = ? AND key = ?',
  putPhoto: 'INSERT INTO photo (hash, type, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  dropPhoto: 'DELETE FROM photo WHERE hash = @hash AND NOT EXISTS (SELECT 1 FROM directory_entry WHERE photo = @hash)',
  remove: 'DELETE FROM directory_entry WHERE handle = ?',
  page: `SELECT id, key, name, firm, numbers, emails FROM directory_entry WHERE directory_id = ? AND id > ?
    ORDER BY id LIMIT ${rowsAtOnce}`,
  setNumbers: 'UPDATE directory_entry SET numbers = ? WHERE directory_id = ? AND key = ?',
};

interface Found {
  handle: string;
  photo: string | null;
}

/** The entries of the agent's database, by a connection of its own. */
export class SqliteEntryStore implements EntryStore {
  private readonly options: SqliteEntryStoreOptions;
  private readonly handle: BetterSqlite3.Database;
  private readonly statements = new Map<string, BetterSqlite3.Statement>();
  private lastEnd = -Infinity;

  private constructor(handle: BetterSqlite3.Database, options: SqliteEntryStoreOptions) {
    this.handle = handle;
    this.options = options;
  }

  /** @throws OffhookError `storage.*` */
  static open(options: SqliteEntryStoreOptions): SqliteEntryStore {
    try {
      const handle = new BetterSqlite3(options.file, { fileMustExist: true, timeout: 5000 });
      // What a cut of power takes is read again from its source: only records need to be on the disk at once.
      handle.pragma('synchronous = NORMAL');
      handle.pragma('foreign_keys = ON');
      handle.pragma('secure_delete = ON');
      handle.pragma('cache_size = -16384');
      handle.pragma(`wal_autocheckpoint = ${pagesToTidyAt}`);
      return new SqliteEntryStore(handle, options);
    } catch (error) {
      throw toStorageError(error, options.file);
    }
  }

  hashes(directoryId: string): Map<string, string> {
    return this.attempt(() => {
      const rows = this.prepare(sql.hashes).iterate(directoryId) as Iterable<{ key: string; content_hash: string }>;
      const hashes = new Map<string, string>();
      for (const row of rows) hashes.set(row.key, row.content_hash);
      return hashes;
    });
  }

  put(directoryId: string, entries: readonly KeptEntry[]): Promise<void> {
    return this.inShortTransactions(entries, (entry) => {
      const { photo } = entry;
      const before = this.prepare(sql.find).get(directoryId, entry.key) as Found | undefined;
      if (photo) this.prepare(sql.putPhoto).run(photo.hash, photo.type, photo.bytes);
      this.prepare(sql.put).run(toRow(directoryId, entry));
      if (!before) this.prepare(unaliasStatement).run({ handle: entry.handle });
      if (before?.photo && before.photo !== photo?.hash) this.prepare(sql.dropPhoto).run({ hash: before.photo });
    });
  }

  remove(directoryId: string, keys: readonly string[]): Promise<void> {
    return this.inShortTransactions(keys, (key) => {
      const found = this.prepare(sql.find).get(directoryId, key) as Found | undefined;
      if (!found) return;
      for (const statement of aliasStatements) this.prepare(statement).run({ handle: found.handle });
      this.prepare(sql.remove).run(found.handle);
      if (found.photo) this.prepare(sql.dropPhoto).run({ hash: found.photo });
    });
  }

  *list(directoryId: string): Iterable<ListedEntry[]> {
    for (let after = 0; ;) {
      const rows = this.attempt(() => this.prepare(sql.page).all(directoryId, after)) as {
        id: number;
        key: string;
        name: string;
        firm: string;
        numbers: string;
        emails: string;
      }[];
      const last = rows.at(-1);
      if (!last) return;
      after = last.id;
      yield rows.map(({ key, name, firm, numbers, emails }) => {
        return { key, name, firm, numbers: unpackNumbers(numbers), emails: JSON.parse(emails) as string[] };
      });
    }
  }

  setNumbers(directoryId: string, entries: readonly Pick<ListedEntry, 'key' | 'numbers'>[]): Promise<void> {
    return this.inShortTransactions(entries, ({ key, numbers }) => {
      this.prepare(sql.setNumbers).run(packNumbers(numbers), directoryId, key);
    });
  }

  close(): void {
    this.handle.close();
  }

  private async inShortTransactions<T>(items: readonly T[], write: (item: T) => void): Promise<void> {
    const { now, pause, slice } = this.options;
    for (let done = 0; done < items.length;) {
      await pause(Math.max(0, this.lastEnd + slice().pause - now()));
      done = this.attempt(() => this.handle.transaction(() => this.someOf(items, done, write)).immediate());
      this.lastEnd = now();
    }
  }

  /** Gives how many are done when the time is up. */
  private someOf<T>(items: readonly T[], from: number, write: (item: T) => void): number {
    const { now, slice } = this.options;
    const [began, { hold }] = [now(), slice()];
    let next = from;
    do {
      write(items[next]!);
      next += 1;
    } while (next < items.length && now() - began < hold);
    return next;
  }

  private prepare(text: string): BetterSqlite3.Statement {
    let statement = this.statements.get(text);
    if (!statement) this.statements.set(text, (statement = this.handle.prepare(text)));
    return statement;
  }

  private attempt<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw toStorageError(error, this.options.file);
    }
  }
}

function toRow(directoryId: string, entry: KeptEntry): Record<string, string | null> {
  const { key, handle, contentHash, name, firm, role, department, note, place, photo, open } = entry;
  return {
    directory_id: directoryId,
    key,
    handle,
    content_hash: contentHash,
    name,
    firm,
    role,
    department,
    numbers: packNumbers(entry.numbers),
    emails: JSON.stringify(entry.emails),
    links: JSON.stringify(entry.links),
    note,
    fields: JSON.stringify(entry.fields),
    photo: photo?.hash ?? null,
    open: open === null ? null : JSON.stringify(open),
    place,
  };
}
