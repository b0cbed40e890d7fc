import type { SchemaPart } from '#core/storage/index.ts';

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

export const callLogSchema: SchemaPart = { feature: 'call-log', migrations: [facts] };
