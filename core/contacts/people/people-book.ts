import type { Favourite, PersonLink } from '#contract/ipc/index.ts';
import { hasWords } from './has-words.ts';
import type { StoredFavourite } from './kept-favourites.ts';

/** The people and favourites in memory. */
export class PeopleBook {
  private readonly people = new Map<string, PersonLink>();
  private readonly owners = new Map<string, string>();
  /** The other way round. */
  private readonly keys = new Map<string, Set<string>>();
  private stored: StoredFavourite[] = [];

  load(
    people: readonly PersonLink[],
    owners: readonly (readonly [string, string])[],
    favourites: StoredFavourite[],
  ): void {
    for (const person of people) if (!this.people.has(person.id)) this.people.set(person.id, person);
    for (const [partyKey, personId] of owners) if (!this.owners.has(partyKey)) this.own(partyKey, personId);
    const known = new Set(this.stored.map(({ partyKey }) => partyKey));
    this.stored = [...this.stored, ...favourites.filter(({ partyKey }) => !known.has(partyKey))];
  }

  clear(): void {
    this.people.clear();
    this.owners.clear();
    this.keys.clear();
    this.stored = [];
  }

  /** Takes over what another book holds, and nothing else stays. */
  replace(other: PeopleBook): void {
    this.clear();
    for (const [id, person] of other.people) this.people.set(id, person);
    for (const [partyKey, id] of other.owners) this.own(partyKey, id);
    this.stored = [...other.stored];
  }

  personOf(partyKey: string | null): PersonLink | null {
    const id = partyKey === null ? undefined : this.owners.get(partyKey);
    return id === undefined ? null : this.person(id);
  }

  person(personId: string): PersonLink | null {
    return this.people.get(personId) ?? null;
  }

  keysOf(personId: string): string[] {
    return [...(this.keys.get(personId) ?? [])];
  }

  search(words: readonly string[], limit: number): string[] {
    const ids = new Set([...this.people.values()].filter(({ name }) => hasWords(name, words)).map(({ id }) => id));
    return [...this.owners]
      .filter(([, id]) => ids.has(id))
      .map(([partyKey]) => partyKey)
      .slice(0, limit);
  }

  set(partyKey: string, person: PersonLink): void {
    this.people.set(person.id, person);
    this.own(partyKey, person.id);
  }

  forget(partyKey: string): void {
    const id = this.owners.get(partyKey);
    this.disown(partyKey);
    if (id !== undefined && !this.keys.has(id)) this.people.delete(id);
  }

  private own(partyKey: string, personId: string): void {
    this.disown(partyKey);
    this.owners.set(partyKey, personId);
    const keys = this.keys.get(personId) ?? new Set();
    this.keys.set(personId, keys.add(partyKey));
  }

  private disown(partyKey: string): void {
    const id = this.owners.get(partyKey);
    this.owners.delete(partyKey);
    const keys = id === undefined ? undefined : this.keys.get(id);
    keys?.delete(partyKey);
    if (id !== undefined && keys?.size === 0) this.keys.delete(id);
  }

  favourites(): Favourite[] {
    return this.stored.map((favourite) => ({ ...favourite, name: this.personOf(favourite.partyKey)?.name ?? null }));
  }

  isFavourite(partyKey: string): boolean {
    return this.stored.some((favourite) => favourite.partyKey === partyKey);
  }

  setFavourite(favourite: StoredFavourite, on: boolean): void {
    const others = this.stored.filter(({ partyKey }) => partyKey !== favourite.partyKey);
    const place = this.stored.findIndex(({ partyKey }) => partyKey === favourite.partyKey);
    if (on) others.splice(place < 0 ? others.length : place, 0, favourite);
    this.stored = others;
  }

  /** Those that are not named keep their order, at the end. */
  sort(partyKeys: readonly string[]): void {
    const place = (favourite: StoredFavourite) => {
      const index = partyKeys.indexOf(favourite.partyKey);
      return index < 0 ? partyKeys.length : index;
    };
    this.stored = [...this.stored].sort((a, b) => place(a) - place(b));
  }
}
