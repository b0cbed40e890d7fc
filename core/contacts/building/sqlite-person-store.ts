import BetterSqlite3 from 'better-sqlite3';
import { toStorageError, type Slice } from '#core/storage/index.ts';
import { unpackNumbers } from '../directories/stored-entry.ts';
import type { Pin } from '../merging/merge-entry.ts';
import type { PersonChange, PersonStore, StoredMergeEntry } from './person-store.ts';

export interface SqlitePersonStoreOptions {
  /** Path of the agent's database, which somebody else made. */
  file: string;
  /** What makes the user's links to person `@id` lead to `@personId`, and which ids there are such links to: one column, `id`. */
  links: { move: string; list: string };
  /** Monotonic ms. */
  now: () => number;
  /** How long a transaction may last now. */
  slice: () => Slice;
  /** Resolves after about so many ms. */
  pause: (milliseconds: number) => Promise<void>;
}

/** Smaller than the agent's own 1000, so that the file is seldom tidied by who commits a record. */
const pagesToTidyAt = 500;

const entryColumns = 'handle, directory_id, person_id, name, firm, role, department, numbers, emails, note, photo';
/** As the index `directory_entry_person` tells them apart. */
const parts = {
  first: ' AND (person_id = handle OR person_id IS NULL)',
  further: ' AND person_id <> handle',
};
const statements: Record<PersonChange['kind'], string> = {
  person: 'INSERT INTO person (id, name) VALUES (@id, @name) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
  'person-gone': 'DELETE FROM person WHERE id = @id AND NOT EXISTS (SELECT 1 FROM person_number WHERE person_id = @id)',
  number: `INSERT INTO person_number (party_key, person_id) SELECT @partyKey, id FROM person WHERE id = @personId
    ON CONFLICT (party_key) DO UPDATE SET person_id = excluded.person_id`,
  'number-gone': 'DELETE FROM person_number WHERE party_key = @partyKey',
  successor: '',
  entry: 'UPDATE directory_entry SET person_id = @personId WHERE handle = @handle',
};

type EntryTuple = [
  string,
  string,
  string | null,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string | null,
];

/** By place: there are as many as people, and each is taken apart once, by code that is still cold. */
function toEntry(row: EntryTuple): StoredMergeEntry {
  return {
    handle: row[0],
    directoryId: row[1],
    personId: row[2],
    name: row[3],
    firm: row[4],
    role: row[5],
    department: row[6],
    numbers: row[7] === '[]' ? [] : unpackNumbers(row[7]),
    emails: row[8] === '[]' ? [] : (JSON.parse(row[8]) as string[]),
    note: row[9],
    photo: row[10],
  };
}

/** By a connection of its own, beside the one that commits records. */
export class SqlitePersonStore implements PersonStore {
  private readonly options: SqlitePersonStoreOptions;
  private readonly handle: BetterSqlite3.Database;
  private readonly prepared = new Map<string, BetterSqlite3.Statement>();
  private lastEnd = -Infinity;

  private constructor(handle: BetterSqlite3.Database, options: SqlitePersonStoreOptions) {
    this.handle = handle;
    this.options = options;
  }

  /** @throws OffhookError `storage.*` */
  static open(options: SqlitePersonStoreOptions): SqlitePersonStore {
    try {
      const handle = new BetterSqlite3(options.file, { fileMustExist: true, timeout: 5000 });
      // What a cut of power takes is found out again by the next merging: only records need to be on the disk at once.
      handle.pragma('synchronous = NORMAL');
      handle.pragma('foreign_keys = ON');
      handle.pragma('secure_delete = ON');
      handle.pragma('cache_size = -16384');
      handle.pragma(`wal_autocheckpoint = ${pagesToTidyAt}`);
      return new SqlitePersonStore(handle, options);
    } catch (error) {
      throw toStorageError(error, options.file);
    }
  }

  atOneMoment<T>(read: () => T): T {
    return this.attempt(() => this.handle.transaction(read)());
  }

  directories(): string[] {
    return this.texts('SELECT id FROM directory WHERE removed = 0 ORDER BY position, id');
  }

  *entries(which?: 'first' | 'further'): Iterable<StoredMergeEntry> {
    const sql = `SELECT ${entryColumns} FROM directory_entry
      WHERE directory_id NOT IN (SELECT id FROM directory WHERE removed = 1)${which ? parts[which] : ''}`;
    const rows = this.handle.prepare(sql).raw().iterate() as Iterable<EntryTuple>;
    for (const row of rows) yield toEntry(row);
  }

  pins(): Pin[] {
    const rows = this.rows<{ kind: Pin['kind']; one: string; other: string }>('SELECT kind, one, other FROM merge_pin');
    return rows.map(({ kind, one, other }) => ({ kind, handles: [one, other] }));
  }

  choices(): Map<string, string> {
    return this.pairs('SELECT party_key, handle FROM number_choice');
  }

  aliases(): Map<string, string> {
    return this.pairs('SELECT handle, other FROM entry_alias');
  }

  known(): ReturnType<PersonStore['known']> {
    return {
      persons: this.pairs('SELECT id, name FROM person'),
      numbers: this.pairs('SELECT party_key, person_id FROM person_number'),
    };
  }

  linked(): string[] {
    return this.texts(this.options.links.list);
  }

  async write(changes: Iterable<PersonChange>, isCut: () => boolean): Promise<number> {
    const { now, pause, slice } = this.options;
    const waiting = changes[Symbol.iterator]();
    let written = 0;
    for (let next = waiting.next(); !next.done && !isCut();) {
      await pause(Math.max(0, this.lastEnd + slice().pause - now()));
      const some = () => {
        const began = now();
        do {
          this.apply(next.value as PersonChange);
          written += 1;
          next = waiting.next();
        } while (!next.done && now() - began < slice().hold);
      };
      this.attempt(() => this.handle.transaction(some).immediate());
      this.lastEnd = now();
    }
    return written;
  }

  close(): void {
    this.handle.close();
  }

  private apply({ kind, ...values }: PersonChange): void {
    this.prepare(kind === 'successor' ? this.options.links.move : statements[kind]).run(values);
  }

  private prepare(sql: string): BetterSqlite3.Statement {
    let statement = this.prepared.get(sql);
    if (!statement) this.prepared.set(sql, (statement = this.handle.prepare(sql)));
    return statement;
  }

  private rows<Row>(sql: string): Row[] {
    return this.attempt(() => this.handle.prepare(sql).all() as Row[]);
  }

  private texts(sql: string): string[] {
    return this.attempt(() => this.handle.prepare(sql).pluck().all() as string[]);
  }

  private pairs(sql: string): Map<string, string> {
    const found = new Map<string, string>();
    this.attempt(() => {
      const rows = this.handle.prepare(sql).raw().iterate() as Iterable<[string, string]>;
      for (const [one, other] of rows) found.set(one, other);
    });
    return found;
  }

  private attempt<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw toStorageError(error, this.options.file);
    }
  }
}
