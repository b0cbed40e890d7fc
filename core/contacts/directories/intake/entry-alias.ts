/**
 * What follows when an entry goes, `@handle` of it; before the row itself is deleted, in the same transaction. Links to
 * it, and to what led to it, lead to another entry of the same person from then on.
 */
const survivor = `
  SELECT e.handle FROM directory_entry AS e, directory_entry AS gone
    WHERE gone.handle = @handle AND e.person_id = gone.person_id AND e.person_id <> e.handle AND e.handle <> @handle
  UNION ALL
  SELECT e.handle FROM directory_entry AS e, directory_entry AS gone
    WHERE gone.handle = @handle AND e.handle = gone.person_id AND e.handle <> @handle
  LIMIT 1`;

export const aliasStatements: readonly string[] = [
  `INSERT INTO entry_alias (handle, other) SELECT @handle, handle FROM (${survivor}) WHERE true
     ON CONFLICT (handle) DO UPDATE SET other = excluded.other`,
  `UPDATE entry_alias SET other = (SELECT other FROM entry_alias WHERE handle = @handle)
     WHERE other = @handle AND EXISTS (SELECT 1 FROM entry_alias WHERE handle = @handle)`,
  'DELETE FROM entry_alias WHERE other = @handle',
];

/** An entry that came back stands for itself; `@handle` of it. */
export const unaliasStatement = 'DELETE FROM entry_alias WHERE handle = @handle';
