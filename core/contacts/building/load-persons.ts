import { composePerson } from '../merging/compose-person.ts';
import { compareEntries } from '../merging/merge-entry.ts';
import type { MergedPerson } from '../merging/merged-person.ts';
import type { StoredMergeEntry } from './person-store.ts';

/**
 * The persons as the last merging left them: most have one entry, and go as they come. An entry that was not merged yet
 * is a person of its own.
 */
export function* loadPersons(entries: Iterable<StoredMergeEntry>, order: readonly string[]): Generator<MergedPerson> {
  const rank = new Map(order.map((id, index) => [id, index]));
  const several = new Map<string, StoredMergeEntry[]>();
  const heads: StoredMergeEntry[] = [];
  for (const entry of entries) {
    if (entry.personId === null || entry.personId === entry.handle) heads.push(entry);
    else {
      const there = several.get(entry.personId);
      if (there) there.push(entry);
      else several.set(entry.personId, [entry]);
    }
  }
  for (const head of heads) {
    const others = several.get(head.handle);
    several.delete(head.handle);
    yield composePerson(others ? [head, ...others].sort(compareEntries) : [head], rank);
  }
  // Their first entry is gone since.
  for (const members of several.values()) yield composePerson(members.sort(compareEntries), rank);
}
