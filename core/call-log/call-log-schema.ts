import type { SchemaPart } from '#core/storage/index.ts';
import { callLogSalvage } from './call-log-salvage.ts';
import { callWords, callWordsUpkeep, callWordsUpkeepOfCallers, indexWords } from './call-words-schema.ts';

/**
 * The facts alone: what the user adds to a call goes to tables of its own, so that a fact that has ended is never
 * written again. `sequence` is the short key for those tables.
 */
const facts = `
CREATE TABLE call_record (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  line_id TEXT NOT NULL,
  line_label TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  number TEXT,
  extension TEXT,
  display TEXT NOT NULL,
  name TEXT,
  withheld INTEGER NOT NULL,
  diverted_from TEXT,
  offered_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  zone_offset_minutes INTEGER NOT NULL,
  disposition TEXT,
  sip_status INTEGER,
  sip_reason TEXT,
  sip_call_id TEXT,
  codec TEXT,
  encrypted INTEGER NOT NULL
) STRICT;
CREATE INDEX call_record_offered ON call_record (offered_at);
CREATE INDEX call_record_dialled ON call_record (offered_at) WHERE direction = 'outgoing';
CREATE INDEX call_record_open ON call_record (id) WHERE ended_at IS NULL;
CREATE TRIGGER call_record_immutable BEFORE UPDATE ON call_record WHEN OLD.ended_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a call that has ended is a fact');
END;
`;

const unalterable =
  'sequence, id, line, direction, internal, number, extension, display, name, withheld, party_key, offered_at, answered_at, ended_at, zone_offset_minutes, disposition, answered_by, sip_status, sip_reason, sip_call_id, codec, encrypted, pbx_ids';
const same = unalterable.split(', ').map((column) => `NEW.${column} IS OLD.${column}`);
/** The one change that a fact allows: whoever stood beside in it, as a leg or a diversion, is erased on request. */
const onlyOthersForgotten = `NEW.legs IS NULL AND NEW.diverted_from IS NULL AND ${same.join(' AND ')}`;

/**
 * From here on `sequence` is the time of the offer (Unix ms × 1000, and a count within that ms): the order of the rows
 * is the order of the calls, in this table and in every index over it, and a page of the list is a range of it. A line's
 * id and its label of then stand once, not in every row.
 */
const orderedFacts = `
DROP TRIGGER call_record_immutable;
DROP INDEX call_record_open;
ALTER TABLE call_record RENAME TO call_record_before;
CREATE TABLE call_line (
  key INTEGER PRIMARY KEY,
  line_id TEXT NOT NULL,
  label TEXT NOT NULL,
  UNIQUE (line_id, label)
) STRICT;
CREATE TABLE call_record (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  line INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  internal INTEGER NOT NULL,
  number TEXT,
  extension TEXT,
  display TEXT NOT NULL,
  name TEXT,
  withheld INTEGER NOT NULL,
  diverted_from TEXT,
  party_key TEXT,
  offered_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  zone_offset_minutes INTEGER NOT NULL,
  disposition TEXT,
  answered_by TEXT,
  sip_status INTEGER,
  sip_reason TEXT,
  sip_call_id TEXT,
  codec TEXT,
  encrypted INTEGER NOT NULL,
  legs TEXT,
  pbx_ids TEXT,
  waiting INTEGER GENERATED ALWAYS AS (max(0, coalesce(answered_at, ended_at) - offered_at)) VIRTUAL,
  talking INTEGER GENERATED ALWAYS AS (max(0, ended_at - coalesce(answered_at, ended_at))) VIRTUAL,
  talked INTEGER GENERATED ALWAYS AS (answered_at IS NOT NULL) VIRTUAL
) STRICT;
CREATE INDEX call_record_open ON call_record (id) WHERE ended_at IS NULL;
CREATE INDEX call_record_disposition ON call_record (disposition, sequence) WHERE disposition <> 'answered';
CREATE INDEX call_record_party ON call_record (party_key, sequence, direction, disposition, waiting, talking, talked,
  zone_offset_minutes, line, internal) WHERE party_key IS NOT NULL;
CREATE TRIGGER call_record_immutable BEFORE UPDATE ON call_record
  WHEN OLD.ended_at IS NOT NULL AND NOT (${onlyOthersForgotten})
BEGIN
  SELECT RAISE(ABORT, 'a call that has ended is a fact');
END;
`;

/** What the user adds, and the history of it. `tags` is a JSON array; times are Unix ms. */
const annotations = `
CREATE TABLE call_annotation (
  sequence INTEGER PRIMARY KEY,
  note TEXT NOT NULL DEFAULT '',
  outcome TEXT,
  follow_up_at INTEGER,
  snoozed_until INTEGER,
  follow_up_done_at INTEGER,
  tags TEXT NOT NULL DEFAULT '[]',
  person_id TEXT,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX call_annotation_outcome ON call_annotation (outcome, sequence) WHERE outcome IS NOT NULL;
CREATE INDEX call_annotation_person ON call_annotation (person_id, sequence) WHERE person_id IS NOT NULL;
CREATE INDEX call_annotation_due ON call_annotation (follow_up_at) WHERE follow_up_at IS NOT NULL AND follow_up_done_at IS NULL;
CREATE TABLE call_annotation_change (
  id INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX call_annotation_change_call ON call_annotation_change (sequence);
CREATE TABLE missed_call (
  sequence INTEGER PRIMARY KEY,
  party_key TEXT,
  handled_at INTEGER,
  handled_by INTEGER
) STRICT;
CREATE INDEX missed_call_open ON missed_call (sequence) WHERE handled_at IS NULL;
CREATE INDEX missed_call_party ON missed_call (party_key) WHERE handled_at IS NULL;
`;

/** Counts by local day and hour for the reports (`waiting` and `talking` in ms), and digits of numbers in any part. */
const derived = `
CREATE TABLE call_tally (
  day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  line INTEGER NOT NULL,
  direction TEXT NOT NULL,
  internal INTEGER NOT NULL,
  disposition TEXT NOT NULL,
  talked INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  talking INTEGER NOT NULL,
  PRIMARY KEY (day, hour, line, direction, internal, disposition, talked)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE call_digits USING fts5(digits, content='', contentless_delete=1, tokenize='trigram');
`;

const localHour = (record: string) => `(${record}.offered_at + ${record}.zone_offset_minutes * 60000) / 3600000`;
const tallyKey = (record: string) =>
  `${localHour(record)} / 24, ${localHour(record)} % 24, ${record}.line, ${record}.direction, ${record}.internal, ${record}.disposition, ${record}.talked`;

/** What follows from the end of a call, within its transaction. */
const ended = `
  INSERT INTO call_tally VALUES (${tallyKey('NEW')}, 1, NEW.waiting, NEW.talking)
    ON CONFLICT DO UPDATE SET calls = calls + 1,
      waiting = waiting + excluded.waiting, talking = talking + excluded.talking;
  ${indexWords('sequence = NEW.sequence')}
  INSERT INTO call_digits (rowid, digits)
    SELECT NEW.sequence, NEW.number || coalesce(' ' || NEW.extension, '') WHERE NEW.number NOT LIKE 'sip:%';
  INSERT INTO missed_call (sequence, party_key, handled_by, handled_at)
    SELECT NEW.sequence, NEW.party_key, later.sequence, later.answered_at FROM (SELECT 1)
      LEFT JOIN (SELECT sequence, answered_at FROM call_record WHERE party_key = NEW.party_key
        AND sequence > NEW.sequence AND answered_at IS NOT NULL ORDER BY sequence LIMIT 1) AS later
      WHERE NEW.disposition = 'missed';
  UPDATE missed_call SET handled_at = NEW.answered_at, handled_by = NEW.sequence
    WHERE NEW.answered_at IS NOT NULL AND party_key = NEW.party_key AND handled_at IS NULL AND sequence < NEW.sequence;
`;

const upkeep = `
CREATE TRIGGER call_record_inserted AFTER INSERT ON call_record WHEN NEW.ended_at IS NOT NULL BEGIN ${ended} END;
CREATE TRIGGER call_record_ended AFTER UPDATE ON call_record WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
BEGIN ${ended} END;
CREATE TRIGGER call_record_deleted AFTER DELETE ON call_record WHEN OLD.ended_at IS NOT NULL
BEGIN
  UPDATE call_tally SET calls = calls - 1, waiting = waiting - OLD.waiting,
    talking = talking - OLD.talking WHERE (day, hour, line, direction, internal, disposition, talked) = (${tallyKey('OLD')});
  DELETE FROM call_tally WHERE calls = 0 AND (day, hour, line, direction, internal, disposition, talked) = (${tallyKey('OLD')});
  DELETE FROM call_words WHERE rowid = OLD.sequence;
  DELETE FROM call_digits WHERE rowid = OLD.sequence;
  DELETE FROM missed_call WHERE sequence = OLD.sequence;
END;
CREATE TRIGGER call_record_forgotten AFTER DELETE ON call_record
BEGIN
  DELETE FROM call_annotation WHERE sequence = OLD.sequence;
  DELETE FROM call_annotation_change WHERE sequence = OLD.sequence;
END;
`;

const takeOver = `
INSERT INTO call_line (line_id, label) SELECT DISTINCT line_id, line_label FROM call_record_before;
INSERT INTO call_record
  SELECT offered_at * 1000 + row_number() OVER (PARTITION BY offered_at ORDER BY sequence) - 1, id,
    (SELECT key FROM call_line WHERE call_line.line_id = before.line_id AND label = line_label),
    direction, number IS NOT NULL AND number NOT LIKE '+%' AND number NOT LIKE 'sip:%', number, extension, display, name,
    withheld, diverted_from, lower(number), offered_at, answered_at, ended_at, zone_offset_minutes, disposition, NULL,
    sip_status, sip_reason, sip_call_id, codec, encrypted, NULL, NULL
  FROM call_record_before AS before ORDER BY offered_at, sequence;
DROP TABLE call_record_before;
`;

export const callLogSchema: SchemaPart = {
  feature: 'call-log',
  migrations: [
    facts,
    orderedFacts + annotations + derived + callWords + upkeep + callWordsUpkeep + takeOver,
    callWordsUpkeepOfCallers,
  ],
  salvage: callLogSalvage,
};
