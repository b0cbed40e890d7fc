import type { ListedPerson, MatchConfidence, PersonNumber } from '#contract/ipc/index.ts';
import type { MergedNumber, MergedPerson } from '../merging/merged-person.ts';
import { dialText } from '../numbers/dial-text.ts';
import { formatNormal } from '../numbers/format-number.ts';
import type { MatchKey } from '../numbers/match-key.ts';
import { compareKeys } from './compare-keys.ts';
import { compareByName } from './name-order.ts';
import type { ImageMatch, PeopleImage, PersonPlace } from './people-image.ts';

const order: readonly MatchConfidence[] = ['certain', 'local', 'likely', 'possible'];

/** The people as they are, looked through for each question. */
export class MemoryPeopleImage implements PeopleImage {
  readonly version: number;
  private readonly persons: readonly MergedPerson[];
  private readonly directoryIds: readonly string[];

  constructor(persons: Iterable<MergedPerson>, given: { version: number; directoryIds: readonly string[] }) {
    this.version = given.version;
    this.persons = [...persons].sort(compareByName);
    this.directoryIds = given.directoryIds;
  }

  get total(): number {
    return this.persons.length;
  }

  match(asked: MatchKey): ImageMatch[] {
    return this.persons
      .flatMap((person, place) => this.best(person, place, asked))
      .sort((one, other) => this.compare(one, other))
      .slice(0, 20)
      .map(({ place, confidence, number }) => ({ place, confidence, label: number.label }));
  }

  find(handle: string): PersonPlace | null {
    const place = this.persons.findIndex(
      ({ id, entries }) => id === handle || entries.some((entry) => entry.handle === handle),
    );
    return place < 0 ? null : place;
  }

  listed(place: PersonPlace): ListedPerson {
    const { id, name, firm, role, department, photo, entries } = this.person(place);
    const [first] = this.numbers(place);
    return {
      ...{ id, name, firm, role, department, photo },
      number: first
        ? { partyKey: first.partyKey, dial: first.dial, display: first.display, extension: first.extension }
        : null,
      numberCount: this.person(place).numbers.length,
      directoryIds: this.sorted(entries.map(({ directoryId }) => directoryId)),
    };
  }

  numbers(place: PersonPlace): PersonNumber[] {
    return this.person(place).numbers.map(({ key, number, extension, label, directoryIds }) => ({
      ...{ partyKey: key, dial: dialText(number, extension), display: formatNormal(number), extension, label },
      directoryIds: this.sorted(directoryIds),
    }));
  }

  list(offset: number, limit: number, directoryId: string | null): { total: number; places: PersonPlace[] } {
    const places = [...this.persons.keys()].filter((place) => {
      return directoryId === null || this.persons[place]!.entries.some((entry) => entry.directoryId === directoryId);
    });
    return { total: places.length, places: places.slice(offset, offset + limit) };
  }

  private person(place: PersonPlace): MergedPerson {
    const person = this.persons[place];
    if (!person) throw new RangeError(`there is nobody at ${place}`);
    return person;
  }

  private best(person: MergedPerson, place: PersonPlace, asked: MatchKey) {
    const graded = person.numbers.flatMap((number) => {
      const confidence = compareKeys(asked, number);
      return confidence ? [{ place, confidence, number, rank: this.rank(number) }] : [];
    });
    return graded.sort((one, other) => this.compare(one, other)).slice(0, 1);
  }

  private compare(one: Rated, other: Rated): number {
    const surer = order.indexOf(one.confidence) - order.indexOf(other.confidence);
    const ownLine = Number(one.number.extension !== null) - Number(other.number.extension !== null);
    return surer || ownLine || one.rank - other.rank || one.place - other.place;
  }

  private rank({ directoryIds }: MergedNumber): number {
    return Math.min(...directoryIds.map((id) => this.directoryIds.indexOf(id)), 0x10000);
  }

  private sorted(ids: readonly string[]): string[] {
    return [...new Set(ids)].sort((one, other) => this.directoryIds.indexOf(one) - this.directoryIds.indexOf(other));
  }
}

interface Rated {
  place: PersonPlace;
  confidence: MatchConfidence;
  number: MergedNumber;
  rank: number;
}
