import type { SchemaPart } from '#core/storage/index.ts';

/** `action` is JSON; the secret of a webhook lies elsewhere. */
const tables = `
CREATE TABLE event_action (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  action TEXT NOT NULL,
  has_secret INTEGER NOT NULL DEFAULT 0
) STRICT;
`;

export const eventActionsSchema: SchemaPart = {
  feature: 'event-actions',
  migrations: [tables],
  salvage: [
    {
      table: 'event_action',
      first: true,
      statements: [
        `INSERT INTO event_action (id, position, action, has_secret) VALUES (@id, @position, @action, coalesce(@has_secret, 0))
          ON CONFLICT DO NOTHING`,
      ],
    },
  ],
};
