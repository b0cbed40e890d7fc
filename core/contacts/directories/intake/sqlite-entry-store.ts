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
/** In slices that are for when nobody waits: the pages of an index go to the file once for thousands of entries. */
const pagesOfLongSlices = 4000;
const longSlice = 10;

const columns = [
  ...['directory_id', 'key', 'handle', 'content_hash', 'name', 'firm', 'role', 'department', 'numbers', 'emails'],
  ...['links', 'note', 'fields', 'photo', 'open', 'place'],
];
const replaced = columns.slice(columns.indexOf('content_hash'));
const insert = `INSERT INTO directory_entry (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (directory_id, key)`;
const sql = {
  hashes: 'SELECT key, content_hash FROM directory_entry WHERE directory_id = ?',
  add: `${insert} DO NOTHING`,
  put: `${insert} DO UPDATE SET ${replaced.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  hasAliases: 'SELECT 1 FROM entry_alias LIMIT 1',
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
  private tidyAt = 0;

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
    return this.inShortTransactions(entries, () => {
      const add = this.prepare(sql.add);
      const unalias = this.prepare(sql.hasAliases).get() === undefined ? null : this.prepare(unaliasStatement);
      return (entry) => {
        const { photo, handle } = entry;
        if (photo) this.prepare(sql.putPhoto).run(photo.hash, photo.type, photo.bytes);
        const row = toRow(directoryId, entry);
        if (add.run(row).changes === 0) this.replace(directoryId, entry, row);
        else unalias?.run({ handle });
      };
    });
  }

  remove(directoryId: string, keys: readonly string[]): Promise<void> {
    return this.inShortTransactions(keys, () => (key) => {
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
    return this.inShortTransactions(entries, () => ({ key, numbers }) => {
      this.prepare(sql.setNumbers).run(packNumbers(numbers), directoryId, key);
    });
  }

  close(): void {
    this.handle.close();
  }

  private replace(directoryId: string, { key, photo }: KeptEntry, row: readonly (string | null)[]): void {
    const before = this.prepare(sql.find).get(directoryId, key) as Found;
    this.prepare(sql.put).run(row);
    if (before.photo && before.photo !== photo?.hash) this.prepare(sql.dropPhoto).run({ hash: before.photo });
  }

  /** @param begin called in each transaction; gives what writes an item */
  private async inShortTransactions<T>(items: readonly T[], begin: () => (item: T) => void): Promise<void> {
    const { now, pause, slice } = this.options;
    for (let done = 0; done < items.length;) {
      await pause(Math.max(0, this.lastEnd + slice().pause - now()));
      this.tidyLater(slice());
      done = this.attempt(() => this.handle.transaction(() => this.someOf(items, done, begin())).immediate());
      this.lastEnd = now();
    }
  }

  /** Gives how many are done when the time is up, or a call comes. */
  private someOf<T>(items: readonly T[], from: number, write: (item: T) => void): number {
    const { now, slice } = this.options;
    const began = now();
    let next = from;
    do {
      write(items[next]!);
      next += 1;
    } while (next < items.length && now() - began < slice().hold);
    return next;
  }

  private tidyLater({ hold }: Slice): void {
    const pages = hold > longSlice ? pagesOfLongSlices : pagesToTidyAt;
    if (pages !== this.tidyAt) this.handle.pragma(`wal_autocheckpoint = ${pages}`);
    this.tidyAt = pages;
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

/** In the order of `columns`. */
function toRow(directoryId: string, entry: KeptEntry): (string | null)[] {
  const { key, handle, contentHash, name, firm, role, department, note, place, photo, open } = entry;
  const numbers = packNumbers(entry.numbers);
  const [emails, links, fields] = [list(entry.emails), list(entry.links), list(entry.fields)];
  return [
    ...[directoryId, key, handle, contentHash, name, firm, role, department, numbers, emails, links, note, fields],
    ...[photo?.hash ?? null, open === null ? null : JSON.stringify(open), place],
  ];
}

function list(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : JSON.stringify(items);
}
