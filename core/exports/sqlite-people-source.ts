import type BetterSqlite3 from 'better-sqlite3';
import type { PeopleExportRequest } from '#contract/ipc/index.ts';
import { toStoredEntry, type EntryPhoto, type EntryRow } from '#core/contacts/index.ts';
import { gatherPerson, type ExportedPerson, type PeopleSource } from './people/exported-person.ts';

interface Part {
  id: number;
  person: string;
  name: string;
}

const pageSize = 500;
// Offhook's own before all others of the same place.
const inOrder = "ORDER BY d.position, e.directory_id <> 'own', e.handle";
const columns =
  'e.id, e.directory_id, e.key, e.handle, e.person_id, e.name, e.firm, e.role, e.department, e.numbers, e.emails, e.links, e.note, e.fields, e.photo, e.open, e.place';

/**
 * People of the agent's database, each once as merged, by a connection of the caller's. Names are in memory, for sorting;
 * all else is read a page at a time.
 */
export class SqlitePeopleSource implements PeopleSource {
  private readonly handle: BetterSqlite3.Database;
  /** Ids of each person's entries. */
  private readonly people: { person: string; entries: number[] }[];

  constructor(handle: BetterSqlite3.Database, which: PeopleExportRequest['people']) {
    this.handle = handle;
    const only = which === 'own' ? "e.directory_id = 'own'" : 'd.enabled = 1';
    const parts = handle
      .prepare(
        // An own contact is exported as itself, whomever it was merged with.
        `SELECT e.id, ${which === 'own' ? 'e.handle' : 'coalesce(e.person_id, e.handle)'} AS person, e.name
        FROM directory_entry AS e JOIN directory AS d ON d.id = e.directory_id WHERE ${only} ${inOrder}`,
      )
      .all() as Part[];
    this.people = sorted(parts);
  }

  get total(): number {
    return this.people.length;
  }

  *pages(): Generator<ExportedPerson[]> {
    for (let at = 0; at < this.people.length; at += pageSize) yield this.page(this.people.slice(at, at + pageSize));
  }

  private page(people: readonly { person: string; entries: number[] }[]): ExportedPerson[] {
    const rows = this.handle
      .prepare(
        `SELECT ${columns}, d.label AS directory FROM json_each(?) AS wanted
        JOIN directory_entry AS e ON e.id = wanted.value JOIN directory AS d ON d.id = e.directory_id`,
      )
      .all(JSON.stringify(people.flatMap(({ entries }) => entries))) as (EntryRow & { directory: string })[];
    const byId = new Map(rows.map(({ directory, ...row }) => [row.id, { entry: toStoredEntry(row), directory }]));
    return people.map(({ person, entries }) => {
      const own = entries.map((id) => byId.get(id)).filter((each) => each !== undefined);
      return gatherPerson(person, own, (hash) => this.photo(hash));
    });
  }

  private photo(hash: string): EntryPhoto | null {
    const row = this.handle.prepare('SELECT type, bytes FROM photo WHERE hash = ?').get(hash);
    return (row as EntryPhoto | undefined) ?? null;
  }
}

/** By name; nameless ones last. */
function sorted(parts: readonly Part[]): { person: string; entries: number[] }[] {
  const people = new Map<string, { name: string; entries: number[] }>();
  for (const { id, person, name } of parts) {
    const known = people.get(person) ?? { name: '', entries: [] };
    known.name ||= name;
    known.entries.push(id);
    people.set(person, known);
  }
  const { compare } = new Intl.Collator(['ru', 'en']);
  return [...people]
    .map(([person, { name, entries }]) => ({ person, name, entries }))
    .sort((one, other) => Number(one.name === '') - Number(other.name === '') || compare(one.name, other.name))
    .map(({ person, entries }) => ({ person, entries }));
}
