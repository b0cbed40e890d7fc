import type { Database } from '#core/storage/index.ts';
import type { StoredFavourite } from './kept-favourites.ts';
import type { PeopleBook } from './people-book.ts';

/** Fills the book with the people and favourites of the database; what it has already stays. */
export async function readPeople(reader: Pick<Database, 'query'>, book: PeopleBook): Promise<void> {
  const people = await reader.query<{ id: string; name: string }>('SELECT id, name FROM person');
  const owners = await reader.query<{ party_key: string; person_id: string }>(
    'SELECT party_key, person_id FROM person_number',
  );
  const favourites = await reader.query<StoredFavourite>(
    'SELECT party_key AS partyKey, number, display FROM favourite ORDER BY position',
  );
  const pairs = owners.map((row) => [row.party_key, row.person_id] as const);
  book.load(people, pairs, favourites);
}
