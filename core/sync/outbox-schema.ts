import type { SchemaPart } from '#core/storage/index.ts';

/**
 * Times are Unix ms; `error` is an error report in JSON. `revision` grows when the same key is put again, so that a
 * delivery that was under way then is not taken for the newer one's. What is done stays for a while, without its payload,
 * so that nothing is told twice. A key ends with the id of the call that it tells of, and goes with it: what was erased
 * here is told to nobody any more. The calls' own tables are there before.
 */
const tables = `
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  call_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  target_id TEXT NOT NULL,
  target_label TEXT NOT NULL,
  subject TEXT NOT NULL,
  payload TEXT NOT NULL,
  reference TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'done')),
  revision INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  error TEXT
) STRICT;
CREATE INDEX delivery_open ON delivery (target_id, id) WHERE state <> 'done';
CREATE INDEX delivery_call ON delivery (call_id);
CREATE TRIGGER delivery_of_gone_call AFTER DELETE ON call_record BEGIN
  DELETE FROM delivery WHERE call_id = OLD.id;
END;
CREATE INDEX delivery_done ON delivery (changed_at) WHERE state = 'done';
`;

const salvage = `INSERT INTO delivery (key, call_id, kind, target_id, target_label, subject, payload, reference, state, revision,
  attempts, created_at, changed_at, next_at, error) VALUES (@key, @call_id, @kind, @target_id, @target_label, @subject, @payload,
  @reference, @state, @revision, @attempts, @created_at, @changed_at, @next_at, @error) ON CONFLICT DO NOTHING`;

export const outboxSchema: SchemaPart = {
  feature: 'outbox',
  migrations: [tables],
  salvage: [{ table: 'delivery', statements: [salvage] }],
};
