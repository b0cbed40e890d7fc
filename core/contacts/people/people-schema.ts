import type { SchemaPart } from '#core/storage/index.ts';
import { ownSalvage, sourceSalvage } from '../directories/directory-salvage.ts';
import { directoryTables } from '../directories/directory-schema.ts';

const people = `
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
CREATE TABLE person_number (
  party_key TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX person_number_person ON person_number (person_id);
CREATE TABLE favourite (
  party_key TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  display TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
`;

export const peopleSchema: SchemaPart = {
  feature: 'people',
  migrations: [people, directoryTables],
  salvage: [
    {
      table: 'person',
      first: true,
      statements: ['INSERT INTO person (id, name) VALUES (@id, @name) ON CONFLICT DO NOTHING'],
    },
    {
      table: 'person_number',
      first: true,
      statements: [
        `INSERT INTO person_number (party_key, person_id) SELECT @party_key, @person_id
          WHERE EXISTS (SELECT 1 FROM person WHERE id = @person_id) ON CONFLICT DO NOTHING`,
      ],
    },
    {
      table: 'favourite',
      first: true,
      statements: [
        `INSERT INTO favourite (party_key, number, display, position) VALUES (@party_key, @number, @display, @position)
          ON CONFLICT DO NOTHING`,
      ],
    },
    ...ownSalvage,
  ],
};

/** No tables of its own: what is salvaged behind everything else. */
export const sourceEntriesSchema: SchemaPart = { feature: 'source-entries', migrations: [], salvage: sourceSalvage };

/** Which number is whose, `(party_key, person_id)`: for questions that the database answers over many numbers at once. */
export const numberOwners = '(SELECT party_key, person_id FROM person_number)';
