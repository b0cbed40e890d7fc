import type { Favourite, PersonLink } from '#contract/ipc/index.ts';
import type { Database } from '#core/storage/index.ts';
import { MemoryKnownPeople } from './memory-known-people.ts';
import { PeopleBook } from './people-book.ts';
import { readPeople } from './read-people.ts';

const favouriteRow = 'INSERT INTO favourite (party_key, number, display, position) VALUES (?, ?, ?, ?)';

/** The people of the agent's database; all of them are in memory once `load` has resolved. */
export class SqliteKnownPeople extends MemoryKnownPeople {
  private readonly database: Database;

  constructor(options: { database: Database; newId: () => string }) {
    super(options.newId);
    this.database = options.database;
  }

  async load(): Promise<void> {
    await readPeople(this.database, this.book);
  }

  /** The database is another than before. */
  async reload(): Promise<void> {
    const fresh = new PeopleBook();
    await readPeople(this.database, fresh);
    this.book.replace(fresh);
  }

  protected override async keepPerson(partyKey: string, person: PersonLink): Promise<void> {
    const { id, name } = person;
    await this.database.transaction([
      {
        sql: 'INSERT INTO person (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
        values: [id, name],
      },
      {
        sql: 'INSERT INTO person_number (party_key, person_id) VALUES (?, ?) ON CONFLICT (party_key) DO UPDATE SET person_id = excluded.person_id',
        values: [partyKey, id],
      },
    ]);
  }

  protected override async dropOwner(partyKey: string): Promise<void> {
    await this.database.transaction([
      { sql: 'DELETE FROM person_number WHERE party_key = ?', values: [partyKey] },
      { sql: 'DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM person_number WHERE person_id = person.id)' },
    ]);
  }

  protected override async keepFavourites(favourites: readonly Favourite[]): Promise<void> {
    const rows = favourites.map(({ partyKey, number, display }, position) => ({
      sql: favouriteRow,
      values: [partyKey, number, display, position],
    }));
    await this.database.transaction([{ sql: 'DELETE FROM favourite' }, ...rows]);
  }
}
