import type { SchemaPart } from '#core/storage/index.ts';

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

export const peopleSchema: SchemaPart = { feature: 'people', migrations: [people] };

/** Which number is whose, `(party_key, person_id)`: for questions that the database answers over many numbers at once. */
export const numberOwners = '(SELECT party_key, person_id FROM person_number)';
