import type { Favourite, PersonLink } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/**
 * Whom the numbers belong to, as known now. Answers from memory at once; what changes is on the disk when its promise
 * resolves. A party key is what `CallRecord.partyKey` holds.
 */
export interface KnownPeople {
  personOf(partyKey: string | null): PersonLink | null;
  person(personId: string): PersonLink | null;
  /** Every number that is the person's before anybody else's. */
  keysOf(personId: string): readonly string[];
  /** Keys of people whose name has a word that begins with each of the words; at most `limit`. */
  search(words: readonly string[], limit: number): Promise<string[]>;
  /** Makes the person whose number it is, or renames them. */
  name(partyKey: string, name: string): Promise<PersonLink>;
  forget(partyKey: string): Promise<void>;
  /**
   * Deletes all that is kept of the person. Gives the names of the directories that have them still: what cannot be
   * deleted there comes back with a refresh.
   */
  erase(personId: string): Promise<string[]>;
  /** In the user's order. */
  favourites(): Favourite[];
  setFavourite(favourite: Omit<Favourite, 'name'>, on: boolean): Promise<void>;
  sortFavourites(partyKeys: readonly string[]): Promise<void>;
  readonly onNamed: Event<{ partyKey: string; person: PersonLink | null }>;
  readonly onFavourites: Event<Favourite[]>;
}

/** What is answered from memory alone; of whoever only reads. */
export type PeopleIndex = Pick<KnownPeople, 'personOf' | 'person' | 'keysOf'>;
