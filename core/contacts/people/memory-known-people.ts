import type { Favourite, PersonLink } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { KnownPeople } from './known-people.ts';
import type { StoredFavourite } from './kept-favourites.ts';
import { PeopleBook } from './people-book.ts';

/** People that are forgotten with the process; what keeps them builds on it. */
export class MemoryKnownPeople implements KnownPeople {
  protected readonly book = new PeopleBook();
  private readonly named = new Emitter<{ partyKey: string; person: PersonLink | null }>();
  private readonly favouritesChanged = new Emitter<Favourite[]>();
  private readonly newId: () => string;

  readonly onNamed = this.named.event;
  readonly onFavourites = this.favouritesChanged.event;

  constructor(newId: () => string) {
    this.newId = newId;
  }

  personOf(partyKey: string | null): PersonLink | null {
    return this.book.personOf(partyKey);
  }

  person(personId: string): PersonLink | null {
    return this.book.person(personId);
  }

  keysOf(personId: string): readonly string[] {
    return this.book.keysOf(personId);
  }

  async search(words: readonly string[], limit: number): Promise<string[]> {
    return this.book.search(words, limit);
  }

  async name(partyKey: string, name: string): Promise<PersonLink> {
    const person = { id: this.book.personOf(partyKey)?.id ?? this.newId(), name: name.trim() };
    await this.keepPerson(partyKey, person);
    this.book.set(partyKey, person);
    this.tellNamed(partyKey, person);
    return person;
  }

  async forget(partyKey: string): Promise<void> {
    await this.dropOwner(partyKey);
    this.book.forget(partyKey);
    this.tellNamed(partyKey, null);
  }

  async erase(personId: string): Promise<string[]> {
    for (const partyKey of this.keysOf(personId)) await this.forget(partyKey);
    return [];
  }

  favourites(): Favourite[] {
    return this.book.favourites();
  }

  async setFavourite(favourite: StoredFavourite, on: boolean): Promise<void> {
    this.book.setFavourite(favourite, on);
    await this.changedFavourites();
  }

  async sortFavourites(partyKeys: readonly string[]): Promise<void> {
    this.book.sort(partyKeys);
    await this.changedFavourites();
  }

  protected async keepPerson(_partyKey: string, _person: PersonLink): Promise<void> {}

  protected async dropOwner(_partyKey: string): Promise<void> {}

  protected async keepFavourites(_favourites: readonly Favourite[]): Promise<void> {}

  private async changedFavourites(): Promise<void> {
    await this.keepFavourites(this.book.favourites());
    this.favouritesChanged.fire(this.book.favourites());
  }

  private tellNamed(partyKey: string, person: PersonLink | null): void {
    this.named.fire({ partyKey, person });
    if (this.book.isFavourite(partyKey)) this.favouritesChanged.fire(this.book.favourites());
  }
}
