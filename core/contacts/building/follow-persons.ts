import { compareKeys } from '../matching/compare-keys.ts';
import { compareByName } from '../matching/name-order.ts';
import type { MergedNumber, MergedPerson } from '../merging/merged-person.ts';
import type { PersonChange } from './person-store.ts';

/** What was stored, and what it should be. */
export interface Following {
  persons: readonly MergedPerson[];
  /** The stored entries, and whose they were. */
  before: ReadonlyMap<string, string | null>;
  choices: ReadonlyMap<string, string>;
  known: { persons: ReadonlyMap<string, string>; numbers: ReadonlyMap<string, string> };
  linked: readonly string[];
  order: readonly string[];
}

/** As the call log shows the person; empty for one of whom only numbers are known, who is nobody there. */
function shownName({ name, firm }: MergedPerson): string {
  return name || firm;
}

/** Persons by each handle of theirs. */
export function personsByHandle(persons: readonly MergedPerson[]): Map<string, string> {
  return new Map(persons.flatMap(({ id, entries }) => entries.map(({ handle }) => [handle, id] as const)));
}

const sureness: readonly MergedNumber['confidence'][] = ['certain', 'local', 'weak'];

/** Whether a call from the number may be from the person. */
function mayBe({ numbers }: MergedPerson, key: string): boolean {
  const confidence = key.startsWith('+') ? 'certain' : 'weak';
  return numbers.some((number) => compareKeys({ key, confidence }, number) !== null);
}

/**
 * Whose each number is: the one's whom the user chose, else the first's as the image puts them: the surest, of those who
 * have it to themselves before those behind an extension, by the order of directories, by name. Else the list of calls
 * would find somebody else by name than it shows.
 */
export function ownersOf(
  persons: readonly MergedPerson[],
  order: readonly string[],
  choices: ReadonlyMap<string, string>,
  byHandle: ReadonlyMap<string, string>,
): Map<string, string> {
  const ranks = new Map(order.map((id, index) => [id, index]));
  const width = order.length + 1;
  const best = new Map<string, number>();
  const owners = new Map<string, MergedPerson>();
  const named = persons.filter((person) => shownName(person) !== '');
  for (const person of named) {
    for (const { key, extension, directoryIds, confidence } of person.numbers) {
      const place = sureness.indexOf(confidence) * 2 + Number(extension !== null);
      const rank = place * width + (ranks.get(directoryIds[0] ?? '') ?? order.length);
      const least = best.get(key) ?? Infinity;
      if (rank > least || (rank === least && compareByName(owners.get(key)!, person) <= 0)) continue;
      best.set(key, rank);
      owners.set(key, person);
    }
  }
  const byId = choices.size === 0 ? null : new Map(named.map((person) => [person.id, person]));
  for (const [key, handle] of choices) {
    const chosen = byId?.get(byHandle.get(handle) ?? '');
    if (chosen && mayBe(chosen, key)) owners.set(key, chosen);
  }
  return new Map(Array.from(owners, ([key, { id }]) => [key, id]));
}

/** Who each linked person is now, where it is another than the one that was linked. */
function* successors({ before, linked }: Following, byHandle: ReadonlyMap<string, string>): Generator<PersonChange> {
  const current = new Set(byHandle.values());
  const lost = new Set(linked.filter((id) => !current.has(id)));
  if (lost.size === 0) return;
  const next = new Map<string, string>();
  for (const [handle, personId] of before) {
    const now = byHandle.get(handle);
    if (personId !== null && lost.has(personId) && now !== undefined && !next.has(personId)) next.set(personId, now);
  }
  for (const id of lost) {
    const personId = byHandle.get(id) ?? next.get(id);
    if (personId !== undefined) yield { kind: 'successor', id, personId };
  }
}

/** Only what differs, in an order that leaves nothing without what it names; cut anywhere, the next time goes on. */
export function* followPersons(following: Following): Generator<PersonChange> {
  const { persons, before, choices, known, order } = following;
  const byHandle = personsByHandle(persons);
  const named = new Map(persons.map((person) => [person.id, shownName(person)]));
  // Before anything is written: whoever waits for the database shall not wait for this.
  const owners = ownersOf(persons, order, choices, byHandle);
  for (const [id, name] of named) if (name !== '' && known.persons.get(id) !== name) yield { kind: 'person', id, name };
  for (const [partyKey, personId] of owners) {
    if (known.numbers.get(partyKey) !== personId) yield { kind: 'number', partyKey, personId };
  }
  for (const partyKey of known.numbers.keys()) if (!owners.has(partyKey)) yield { kind: 'number-gone', partyKey };
  yield* successors(following, byHandle);
  for (const id of known.persons.keys()) if (!named.get(id)) yield { kind: 'person-gone', id };
  for (const [handle, personId] of before) {
    const now = byHandle.get(handle);
    if (now !== undefined && now !== personId) yield { kind: 'entry', handle, personId: now };
  }
}
