import type { SchemaPart } from '#core/storage/index.ts';

/** Values are JSON; times are Unix ms. */
const tables = `
CREATE TABLE housekeeping_fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE records_removal (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  recordings INTEGER NOT NULL,
  recording_bytes INTEGER NOT NULL
) STRICT;
CREATE TABLE erasure_receipt (id TEXT PRIMARY KEY, at INTEGER NOT NULL, receipt TEXT NOT NULL) STRICT;
`;

export const housekeepingSchema: SchemaPart = {
  feature: 'housekeeping',
  migrations: [tables],
  salvage: [
    {
      table: 'erasure_receipt',
      first: true,
      statements: ['INSERT INTO erasure_receipt (id, at, receipt) VALUES (@id, @at, @receipt) ON CONFLICT DO NOTHING'],
    },
  ],
};
