import type { ListedPerson, PersonNumber } from '#contract/ipc/index.ts';
import type { MergedNumber, MergedPerson } from '../merging/merged-person.ts';
import { dialText } from '../numbers/dial-text.ts';
import { formatNormal } from '../numbers/format-number.ts';
import type { MatchKey } from '../numbers/match-key.ts';
import { compareKeys } from './compare-keys.ts';
import type { ImageMatch, PeopleImage, PersonPlace } from './people-image.ts';

const mostMatches = 20;
const sureness = ['certain', 'local', 'likely', 'possible'] as const;

function toNumber({ key, number, extension, label, directoryIds }: MergedNumber): PersonNumber {
  return {
    partyKey: key,
    dial: dialText(number, extension),
    display: formatNormal(number),
    extension,
    label,
    directoryIds,
  };
}

const collator = new Intl.Collator('ru', { sensitivity: 'base', numeric: true });

/** Everybody in plain objects: the model of an image, for tests. Looks through all people for each question. */
export class MemoryPeopleImage implements PeopleImage {
  readonly version: number;
  /** By name. */
  readonly persons: readonly MergedPerson[];
  private readonly directoryIds: readonly string[];
  private readonly places = new Map<string, PersonPlace>();

  constructor(
    persons: Iterable<MergedPerson>,
    { version, directoryIds }: { version: number; directoryIds: readonly string[] },
  ) {
    this.version = version;
    this.directoryIds = directoryIds;
    this.persons = [...persons].sort((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    for (const [place, { id, entries }] of this.persons.entries()) {
      for (const handle of [id, ...entries.map((entry) => entry.handle)]) this.places.set(handle, place);
    }
  }

  get total(): number {
    return this.persons.length;
  }

  match(asked: MatchKey): ImageMatch[] {
    const found = this.persons.flatMap(({ numbers }, place) => {
      const graded = numbers.flatMap((number) => {
        const confidence = compareKeys(asked, number);
        if (confidence === null) return [];
        return [
          { place, confidence, label: number.label, grade: sureness.indexOf(confidence), rank: this.rankOf(number) },
        ];
      });
      return graded.sort((a, b) => a.grade - b.grade || a.rank - b.rank).slice(0, 1);
    });
    return found
      .sort((a, b) => a.grade - b.grade || a.rank - b.rank || a.place - b.place)
      .slice(0, mostMatches)
      .map(({ place, confidence, label }) => ({ place, confidence, label }));
  }

  find(handle: string): PersonPlace | null {
    return this.places.get(handle) ?? null;
  }

  listed(place: PersonPlace): ListedPerson {
    const { id, name, firm, role, department, photo, numbers, entries } = this.personAt(place);
    const [first] = numbers.map(toNumber);
    const number = first
      ? { partyKey: first.partyKey, dial: first.dial, display: first.display, extension: first.extension }
      : null;
    const directoryIds = this.inOrder(entries.map(({ directoryId }) => directoryId));
    return { id, name, firm, role, department, photo, number, numberCount: numbers.length, directoryIds };
  }

  numbers(place: PersonPlace): PersonNumber[] {
    return this.personAt(place).numbers.map(toNumber);
  }

  list(offset: number, limit: number, directoryId: string | null): { total: number; places: PersonPlace[] } {
    const places = [...this.persons.keys()].filter((place) => {
      return directoryId === null || this.persons[place]!.entries.some((entry) => entry.directoryId === directoryId);
    });
    return { total: places.length, places: places.slice(offset, offset + limit) };
  }

  private personAt(place: PersonPlace): MergedPerson {
    const person = this.persons[place];
    if (!person) throw new RangeError(`there is nobody at ${place}`);
    return person;
  }

  private rankOf({ directoryIds }: MergedNumber): number {
    return Math.min(...directoryIds.map((id) => this.placeOf(id)));
  }

  private placeOf(directoryId: string): number {
    const place = this.directoryIds.indexOf(directoryId);
    return place < 0 ? this.directoryIds.length : place;
  }

  private inOrder(ids: readonly string[]): string[] {
    return [...new Set(ids)].sort((a, b) => this.placeOf(a) - this.placeOf(b));
  }
}
