import type { SchemaPart } from '#core/storage/index.ts';

/**
 * `journal` is JSON. Calls that ended before `since` are none of its business; all that ended before `looked_at` are in
 * the outbox. Both are Unix ms.
 */
const tables = `
CREATE TABLE journal (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  journal TEXT NOT NULL,
  since INTEGER NOT NULL,
  looked_at INTEGER NOT NULL
) STRICT;
`;

export const journalsSchema: SchemaPart = {
  feature: 'journals',
  migrations: [tables],
  salvage: [
    {
      table: 'journal',
      first: true,
      statements: [
        `INSERT INTO journal (id, position, journal, since, looked_at) VALUES (@id, @position, @journal, @since, @looked_at)
          ON CONFLICT DO NOTHING`,
      ],
    },
  ],
};
