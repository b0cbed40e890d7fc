import type { Favourite, PersonLink } from '#contract/ipc/index.ts';
import type { Database } from '#core/storage/index.ts';
import { MemoryKnownPeople } from './memory-known-people.ts';
import type { StoredFavourite } from './people-book.ts';

const favouriteRow = 'INSERT INTO favourite (party_key, number, display, position) VALUES (?, ?, ?, ?)';

/** The people of the agent's database; all of them are in memory once `load` has resolved. */
export class SqliteKnownPeople extends MemoryKnownPeople {
  private readonly database: Database;

  constructor(options: { database: Database; newId: () => string }) {
    super(options.newId);
    this.database = options.database;
  }

  async load(): Promise<void> {
    await this.read(() => {});
  }

  /** The database is another than before. */
  async reload(): Promise<void> {
    await this.read(() => this.book.clear());
  }

  private async read(prepare: () => void): Promise<void> {
    const people = await this.database.query<{ id: string; name: string }>('SELECT id, name FROM person');
    const owners = await this.database.query<{ party_key: string; person_id: string }>(
      'SELECT party_key, person_id FROM person_number',
    );
    const favourites = await this.database.query<StoredFavourite>(
      'SELECT party_key AS partyKey, number, display FROM favourite ORDER BY position',
    );
    const pairs = owners.map((row) => [row.party_key, row.person_id] as const);
    prepare();
    this.book.load(people, pairs, favourites);
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
