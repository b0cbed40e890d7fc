import type { SchemaPart } from '#core/storage/index.ts';

/**
 * Times are Unix ms; `scopes` has blanks between. The trail is only added to: of an entry nothing changes but how often
 * the same came within its minute.
 */
const tables = `
CREATE TABLE program (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  paired_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;
CREATE TABLE program_audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  program_id TEXT,
  program_name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  outcome TEXT NOT NULL,
  times INTEGER NOT NULL
) STRICT;
CREATE INDEX program_audit_program ON program_audit (program_id, id);
CREATE TRIGGER program_audit_kept BEFORE UPDATE OF id, at, program_id, program_name, action, subject, outcome ON program_audit
BEGIN SELECT raise(ABORT, 'the trail of programs is only added to'); END;
`;

export const programsSchema: SchemaPart = {
  feature: 'programs',
  migrations: [tables],
  salvage: [
    {
      table: 'program',
      first: true,
      statements: [
        `INSERT INTO program (id, name, scopes, token_hash, paired_at, last_used_at)
          VALUES (@id, @name, @scopes, @token_hash, @paired_at, @last_used_at) ON CONFLICT DO NOTHING`,
      ],
    },
    {
      table: 'program_audit',
      statements: [
        `INSERT INTO program_audit (id, at, program_id, program_name, action, subject, outcome, times)
          VALUES (@id, @at, @program_id, @program_name, @action, @subject, @outcome, @times) ON CONFLICT DO NOTHING`,
      ],
    },
  ],
};
