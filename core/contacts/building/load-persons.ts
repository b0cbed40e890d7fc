import { composePerson } from '../merging/compose-person.ts';
import { compareEntries } from '../merging/merge-entry.ts';
import type { MergedPerson } from '../merging/merged-person.ts';
import type { PersonStore, StoredMergeEntry } from './person-store.ts';

/**
 * The persons as the last merging left them: most have one entry, and go as they come. An entry that was not merged yet
 * is a person of its own.
 */
export function* loadPersons(store: Pick<PersonStore, 'entries'>, order: readonly string[]): Generator<MergedPerson> {
  const rank = new Map(order.map((id, index) => [id, index]));
  const further = new Map<string, StoredMergeEntry[]>();
  for (const entry of store.entries('further')) {
    const id = entry.personId ?? entry.handle;
    const there = further.get(id);
    if (there) there.push(entry);
    else further.set(id, [entry]);
  }
  for (const first of store.entries('first')) {
    const others = further.get(first.handle);
    further.delete(first.handle);
    yield composePerson(others ? [first, ...others].sort(compareEntries) : [first], rank);
  }
  // Their first entry is gone since.
  for (const members of further.values()) yield composePerson(members.sort(compareEntries), rank);
}
