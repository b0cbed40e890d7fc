/** Letters that people use for each other do not count; SQLite's tokenizer sees to the case. */
const fold = (text: string) => `replace(replace(coalesce(${text}, ''), 'ё', 'е'), 'Ё', 'Е')`;

/**
 * The words that find a call: its names (as it was then, and of the person as known now), a SIP address or short number,
 * and what the user added. `call_word` says what they are, `call_words` is the index of them, which holds no text of its own.
 */
export const callWords = `
CREATE VIEW call_word AS
  SELECT c.sequence, c.party_key, a.person_id,
    ${fold('c.name')} || ' ' || ${fold('CASE WHEN a.person_id IS NULL THEN owner.name ELSE linked.name END')}
      || CASE WHEN c.number LIKE 'sip:%' THEN ' ' || c.display WHEN c.internal THEN ' ' || c.number ELSE '' END AS name,
    ${fold("a.note || ' ' || coalesce(a.outcome, '') || ' ' || a.tags")} AS note
  FROM call_record AS c
  LEFT JOIN call_annotation AS a ON a.sequence = c.sequence
  LEFT JOIN person_number AS n ON n.party_key = c.party_key
  LEFT JOIN person AS owner ON owner.id = n.person_id
  LEFT JOIN person AS linked ON linked.id = a.person_id
  WHERE c.ended_at IS NOT NULL;
CREATE VIRTUAL TABLE call_words USING fts5(name, note, content='', contentless_delete=1, prefix='1 2 3',
  tokenize='unicode61 remove_diacritics 2');
`;

/** @param which condition on `call_word` */
export const indexWords = (which: string) =>
  `INSERT INTO call_words (rowid, name, note) SELECT sequence, name, note FROM call_word WHERE ${which};`;

const again = (which: string) => `
  DELETE FROM call_words WHERE rowid IN (SELECT sequence FROM call_word WHERE ${which});
  ${indexWords(which)}`;

const ofParty = (row: string) => again(`party_key = ${row}.party_key`);
const ofPerson = (row: string) => `
  ${again(`party_key IN (SELECT party_key FROM person_number WHERE person_id = ${row}.id)`)}
  ${again(`sequence IN (SELECT sequence FROM call_annotation WHERE person_id = ${row}.id)`)}`;

/** A new name finds the old calls too. */
export const callWordsUpkeep = `
CREATE TRIGGER call_annotation_inserted AFTER INSERT ON call_annotation BEGIN ${again('sequence = NEW.sequence')} END;
CREATE TRIGGER call_annotation_changed AFTER UPDATE OF note, outcome, tags, person_id ON call_annotation
BEGIN ${again('sequence = NEW.sequence')} END;
CREATE TRIGGER call_party_named AFTER INSERT ON person_number BEGIN ${ofParty('NEW')} END;
CREATE TRIGGER call_party_renamed AFTER UPDATE OF person_id ON person_number WHEN OLD.person_id <> NEW.person_id
BEGIN ${ofParty('NEW')} END;
CREATE TRIGGER call_party_forgotten AFTER DELETE ON person_number BEGIN ${ofParty('OLD')} END;
CREATE TRIGGER call_person_renamed AFTER UPDATE OF name ON person WHEN OLD.name <> NEW.name BEGIN ${ofPerson('NEW')} END;
CREATE TRIGGER call_person_forgotten AFTER DELETE ON person
BEGIN ${again('sequence IN (SELECT sequence FROM call_annotation WHERE person_id = OLD.id)')} END;
`;

const hasCalls = (row: string) => `EXISTS (SELECT 1 FROM call_record WHERE party_key = ${row}.party_key)`;
const linked = (row: string) => `EXISTS (SELECT 1 FROM call_annotation WHERE person_id = ${row}.id)`;

/** The same for parties of whom there are calls: address books name a hundred times as many who never called. */
export const callWordsUpkeepOfCallers = `
DROP TRIGGER call_party_named;
DROP TRIGGER call_party_renamed;
DROP TRIGGER call_party_forgotten;
DROP TRIGGER call_person_renamed;
DROP TRIGGER call_person_forgotten;
CREATE TRIGGER call_party_named AFTER INSERT ON person_number WHEN ${hasCalls('NEW')} BEGIN ${ofParty('NEW')} END;
CREATE TRIGGER call_party_renamed AFTER UPDATE OF person_id ON person_number
  WHEN OLD.person_id <> NEW.person_id AND ${hasCalls('NEW')}
BEGIN ${ofParty('NEW')} END;
CREATE TRIGGER call_party_forgotten AFTER DELETE ON person_number WHEN ${hasCalls('OLD')} BEGIN ${ofParty('OLD')} END;
CREATE TRIGGER call_person_renamed AFTER UPDATE OF name ON person WHEN OLD.name <> NEW.name AND (${linked('NEW')}
  OR EXISTS (SELECT 1 FROM person_number AS n JOIN call_record AS c USING (party_key) WHERE n.person_id = NEW.id))
BEGIN ${ofPerson('NEW')} END;
CREATE TRIGGER call_person_forgotten AFTER DELETE ON person WHEN ${linked('OLD')}
BEGIN ${again('sequence IN (SELECT sequence FROM call_annotation WHERE person_id = OLD.id)')} END;
`;
