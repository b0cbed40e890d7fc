/**
 * The directories, their entries, and the user's word on who is whom. `person` and `person_number` follow from these:
 * they are written anew after each change, for questions that the database answers over many numbers at once.
 * `directory.number_rules` are those by which all numbers of its entries were read; one that is `removed` only waits for
 * its entries to be gone. `entry_alias` leads from the handle of an entry that is gone to another of the same person.
 */
export const directoryTables = `
CREATE TABLE directory (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  position INTEGER NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  every_minutes INTEGER NOT NULL DEFAULT 0,
  config TEXT NOT NULL,
  has_secret INTEGER NOT NULL DEFAULT 0,
  cursor TEXT,
  refreshed_at INTEGER,
  attempted_at INTEGER,
  problem TEXT,
  skipped TEXT NOT NULL DEFAULT '{"count":0,"first":[]}',
  number_rules TEXT NOT NULL DEFAULT '',
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE directory_entry (
  id INTEGER PRIMARY KEY,
  directory_id TEXT NOT NULL REFERENCES directory (id),
  key TEXT NOT NULL,
  handle TEXT NOT NULL UNIQUE,
  person_id TEXT,
  content_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  firm TEXT NOT NULL,
  role TEXT NOT NULL,
  department TEXT NOT NULL,
  numbers TEXT NOT NULL,
  emails TEXT NOT NULL,
  links TEXT NOT NULL,
  note TEXT NOT NULL,
  fields TEXT NOT NULL,
  photo TEXT,
  open TEXT,
  place TEXT NOT NULL,
  UNIQUE (directory_id, key)
) STRICT;
CREATE INDEX directory_entry_photo ON directory_entry (photo) WHERE photo IS NOT NULL;
CREATE INDEX directory_entry_person ON directory_entry (person_id) WHERE person_id <> handle;
CREATE TABLE entry_alias (
  handle TEXT PRIMARY KEY,
  other TEXT NOT NULL
) STRICT;
CREATE INDEX entry_alias_other ON entry_alias (other);
CREATE TABLE photo (
  hash TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE merge_pin (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('together', 'apart')),
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  UNIQUE (one, other),
  CHECK (one < other)
) STRICT;
CREATE TABLE number_choice (
  party_key TEXT PRIMARY KEY,
  handle TEXT NOT NULL
) STRICT;
INSERT INTO directory (id, kind, label, position, config) VALUES ('own', 'own', '', 0, '{"kind":"own"}');
INSERT INTO directory_entry
  (directory_id, key, handle, person_id, content_hash, name, firm, role, department, numbers, emails, links, note, fields, place)
  SELECT 'own', p.id, p.id, p.id, '', p.name, '', '', '',
    (SELECT json_group_array(json_array(n.party_key, n.party_key, 'c', n.party_key, NULL, ''))
      FROM person_number AS n WHERE n.person_id = p.id),
    '[]', '[]', '', '[]', ''
  FROM person AS p;
`;
