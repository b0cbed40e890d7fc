import { mergeEntries } from '../merging/merge-entries.ts';
import type { MergedPerson } from '../merging/merged-person.ts';
import { withAliases } from './with-aliases.ts';
import { followPersons, type Following } from './follow-persons.ts';
import { loadPersons } from './load-persons.ts';
import type { BuildingMode } from './people-builder.ts';
import type { PersonStore } from './person-store.ts';

/** Where the image goes; made of the persons at once, who may be forgotten afterwards. */
export type TellPersons = (persons: Iterable<MergedPerson>, order: readonly string[]) => void;

function load(store: PersonStore, tell: TellPersons): void {
  const order = store.directories();
  const aliases = store.aliases();
  const persons = loadPersons(store, order);
  tell(aliases.size === 0 ? persons : withAliases(persons, aliases), order);
}

function isAsStored(persons: readonly MergedPerson[], before: ReadonlyMap<string, string | null>): boolean {
  return persons.every(({ id, entries }) => entries.every(({ handle }) => before.get(handle) === id));
}

function merge(store: PersonStore, mode: BuildingMode, tell: TellPersons): Following {
  const order = store.directories();
  const entries = [...store.entries()];
  const { persons } = mergeEntries(entries, { pins: store.pins(), order });
  const before = new Map(entries.map(({ handle, personId }) => [handle, personId]));
  const aliases = store.aliases();
  if (mode === 'merge' || !isAsStored(persons, before)) tell(withAliases(persons, aliases), order);
  const choices = new Map([...store.choices()].map(([partyKey, handle]) => [partyKey, aliases.get(handle) ?? handle]));
  return { persons, before, order, choices, known: store.known(), linked: store.linked() };
}

/**
 * Reads everybody, tells them, and then writes what follows: whose each entry and each number is.
 * @returns how many rows were written
 * @throws OffhookError `storage.*`
 */
export async function buildPeople(
  store: PersonStore,
  mode: BuildingMode,
  { tell, isCut }: { tell: TellPersons; isCut: () => boolean },
): Promise<number> {
  if (mode === 'load') {
    store.atOneMoment(() => load(store, tell));
    return 0;
  }
  const following = store.atOneMoment(() => merge(store, mode, tell));
  return store.write(followPersons(following), isCut);
}
