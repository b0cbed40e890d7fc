import type { Database } from '#core/storage/index.ts';
import { toStoredEntry, type EntryRow, type StoredEntry } from '../directories/stored-entry.ts';

const columns = [
  ...[
    'id',
    'directory_id',
    'key',
    'handle',
    'person_id',
    'name',
    'firm',
    'role',
    'department',
    'numbers',
    'emails',
    'links',
  ],
  ...['note', 'fields', 'photo', 'open', 'place'],
];
const select = `SELECT ${columns.map((column) => `e.${column}`).join(', ')} FROM directory_entry AS e`;

/** More entries than a person page shows. */
export const mostEntries = 200;

/** Handles of all entries of the persons. */
export function handlesOf(ids: readonly string[]): { sql: string; values: string[] } {
  const marks = ids.map(() => '?').join(', ');
  return {
    sql: `SELECT handle FROM directory_entry WHERE person_id IN (${marks}) AND person_id <> handle
      UNION ALL SELECT handle FROM directory_entry WHERE handle IN (${marks}) AND coalesce(person_id, handle) = handle`,
    values: [...ids, ...ids],
  };
}

/** Entries as they are on the disk at this moment. */
export class EntryQueries {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** No entry, and no person left of one. */
  async nobody(): Promise<boolean> {
    const [row] = await this.database.read<{ some: number }>(
      'SELECT EXISTS (SELECT 1 FROM directory_entry) OR EXISTS (SELECT 1 FROM person) AS some',
    );
    return row?.some === 0;
  }

  async find(handle: string): Promise<StoredEntry | null> {
    const [row] = await this.database.read<EntryRow>(`${select} WHERE e.handle = ?`, [handle]);
    return row ? toStoredEntry(row) : null;
  }

  /** Id of the person who has the entry, or has the one that stands for it since it is gone. */
  async personId(handle: string): Promise<string | null> {
    const [row] = await this.database.read<{ id: string }>(
      `SELECT coalesce(person_id, handle) AS id FROM directory_entry
        WHERE handle = coalesce((SELECT other FROM entry_alias WHERE handle = ?), ?)`,
      [handle, handle],
    );
    return row?.id ?? null;
  }

  /** Of the person with this id; at most `mostEntries`. */
  async ofPerson(personId: string): Promise<StoredEntry[]> {
    const handles = handlesOf([personId]);
    const rows = await this.database.read<EntryRow>(
      `${select} JOIN directory AS d ON d.id = e.directory_id AND d.removed = 0 WHERE e.handle IN (${handles.sql}) LIMIT ?`,
      [...handles.values, mostEntries],
    );
    return rows.map(toStoredEntry);
  }

  /** The user's own contact with this number. */
  async ownWith(partyKey: string): Promise<StoredEntry[]> {
    const rows = await this.database.read<EntryRow>(
      `${select} WHERE e.directory_id = 'own' AND instr(e.numbers, ?) > 0 AND EXISTS
        (SELECT 1 FROM json_each(e.numbers) AS n WHERE json_extract(n.value, '$[1]') = ?) ORDER BY e.handle`,
      [partyKey, partyKey],
    );
    return rows.map(toStoredEntry);
  }

  directories(): Promise<{ id: string; label: string; kind: string }[]> {
    return this.database.read('SELECT id, label, kind FROM directory WHERE removed = 0 ORDER BY position, id');
  }
}
