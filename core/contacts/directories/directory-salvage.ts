import type { SalvagedTable } from '#core/storage/index.ts';

const texts = ['key', 'handle', 'person_id', 'name', 'firm', 'role', 'department', 'note', 'place'];
const lists = ['numbers', 'emails', 'links', 'fields'];
const columns = ['id', 'directory_id', ...texts, ...lists, 'photo', 'open'];
const named = (names: readonly string[]) => names.map((name) => `@${name}`).join(', ');

/** Whatever reads an entry trusts its lists. With no hash it is written anew when its source brings it again. */
const entry = (which: string) =>
  `INSERT INTO directory_entry (${columns.join(', ')}, content_hash) SELECT ${named(columns)}, ''
    WHERE ${which} AND EXISTS (SELECT 1 FROM directory WHERE id = @directory_id)
      AND ${lists.map((name) => `json_valid(@${name})`).join(' AND ')} AND (@open IS NULL OR json_valid(@open))
    ON CONFLICT DO NOTHING`;

/** The user's own word, which nobody else has. */
export const ownSalvage: readonly SalvagedTable[] = [
  {
    table: 'directory',
    first: true,
    statements: [
      // Without a cursor everything is read again: what was lost comes back from its source.
      `INSERT INTO directory (id, kind, label, position, enabled, every_minutes, config, has_secret, removed)
        SELECT @id, @kind, @label, @position, @enabled, @every_minutes, @config, @has_secret, @removed
          WHERE json_valid(@config)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position`,
    ],
  },
  {
    table: 'merge_pin',
    first: true,
    statements: [
      `INSERT INTO merge_pin (id, kind, one, other, made_at) SELECT @id, @kind, @one, @other, @made_at WHERE true
        ON CONFLICT DO NOTHING`,
    ],
  },
  {
    table: 'number_choice',
    first: true,
    statements: ['INSERT INTO number_choice (party_key, handle) VALUES (@party_key, @handle) ON CONFLICT DO NOTHING'],
  },
  {
    table: 'entry_alias',
    first: true,
    statements: ['INSERT INTO entry_alias (handle, other) VALUES (@handle, @other) ON CONFLICT DO NOTHING'],
  },
  { table: 'directory_entry', statements: [entry("@directory_id = 'own'")] },
  {
    table: 'photo',
    statements: [
      `INSERT INTO photo (hash, type, bytes) SELECT @hash, @type, @bytes
        WHERE @type IN ('image/jpeg', 'image/png', 'image/gif', 'image/webp') ON CONFLICT DO NOTHING`,
    ],
  },
];

/** What can be read again from where it came: after everything else. */
export const sourceSalvage: readonly SalvagedTable[] = [
  { table: 'directory_entry', statements: [entry("@directory_id <> 'own'")] },
];
