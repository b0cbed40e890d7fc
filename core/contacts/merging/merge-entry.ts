import type { StoredEntry } from '../directories/stored-entry.ts';

/** What merging looks at; a stored entry has it all. */
export type MergeEntry = Pick<
  StoredEntry,
  'handle' | 'directoryId' | 'name' | 'firm' | 'role' | 'department' | 'numbers' | 'emails' | 'note' | 'photo'
>;

/** The user's word on two entries, by their handles. */
export interface Pin {
  kind: 'together' | 'apart';
  handles: readonly [string, string];
}

/** An own contact's before all others, then by handle: who comes first here gives a person the id. */
export function compareEntries(one: MergeEntry, other: MergeEntry): number {
  const own = Number(other.directoryId === 'own') - Number(one.directoryId === 'own');
  return own !== 0 ? own : one.handle < other.handle ? -1 : Number(one.handle > other.handle);
}
