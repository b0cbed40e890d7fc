import type { SchemaPart } from '#core/storage/index.ts';

/** `file` is relative to the folder of recordings; `started_at` Unix ms, `duration` ms. */
const recordings = `
CREATE TABLE recording (
  id TEXT PRIMARY KEY,
  call_id TEXT NOT NULL,
  source TEXT,
  file TEXT,
  media_type TEXT,
  started_at INTEGER,
  duration INTEGER,
  bytes INTEGER,
  state TEXT,
  peaks BLOB
) STRICT;
CREATE INDEX recording_call ON recording (call_id);
`;

export const recordingsSchema: SchemaPart = {
  feature: 'recordings',
  migrations: [recordings],
  salvage: [
    {
      table: 'recording',
      first: true,
      statements: [
        `INSERT INTO recording (id, call_id, source, file, media_type, started_at, duration, bytes, state, peaks)
          VALUES (@id, @call_id, @source, @file, @media_type, @started_at, @duration, @bytes, @state, @peaks)
          ON CONFLICT DO NOTHING`,
      ],
    },
  ],
};
