import type { ListedPerson, PersonNumber } from '#contract/ipc/index.ts';
import { dialText } from '../numbers/dial-text.ts';
import { formatNormal } from '../numbers/format-number.ts';
import type { MatchKey } from '../numbers/match-key.ts';
import { ranksIn } from './directory-ranks.ts';
import {
  handleWords,
  numberWord,
  numberWords,
  openImage,
  personWord,
  personWords,
  type ImageParts,
} from './image-layout.ts';
import { TextReader } from './image-text.ts';
import { hashText, lowerBound } from './key-hash.ts';
import { KeyMatches } from './key-matches.ts';
import type { ImageMatch, PeopleImage, PersonPlace } from './people-image.ts';

const shown = ({ partyKey, dial, display, extension }: PersonNumber) => ({ partyKey, dial, display, extension });

/** Reads an image in shared memory; holds nothing of it but the names of the directories. */
export class SharedPeopleImage implements PeopleImage {
  readonly version: number;
  readonly total: number;
  /** For whoever else reads it. */
  readonly buffer: SharedArrayBuffer;
  private readonly parts: ImageParts;
  private readonly text: TextReader;
  private readonly keyMatches: KeyMatches;
  private readonly directoryIds: readonly string[];

  /** @throws Error for a buffer that holds no whole image of this build */
  constructor(buffer: SharedArrayBuffer) {
    const parts = openImage(buffer);
    this.buffer = buffer;
    this.parts = parts;
    this.text = new TextReader(parts.text);
    this.keyMatches = new KeyMatches(parts);
    this.version = parts.version;
    this.total = parts.persons.length / personWords - 1;
    this.directoryIds = Array.from(parts.directories, (place) => this.text.at(place));
  }

  match(key: MatchKey): ImageMatch[] {
    return this.keyMatches.find(key).map(({ number, person, confidence }) => {
      return { place: person, confidence, label: this.text.at(this.numberWord(number, 'label')) };
    });
  }

  find(handle: string): PersonPlace | null {
    const { handleHashes, handles } = this.parts;
    const hash = hashText(handle);
    for (let at = lowerBound(handleHashes, hash); handleHashes[at] === hash; at += 1)
      if (this.text.at(handles[at * handleWords]!) === handle) return handles[at * handleWords + 1]!;
    return null;
  }

  listed(place: PersonPlace): ListedPerson {
    this.check(place);
    const [from, to] = this.numbersOf(place);
    const first = from < to ? this.number(from) : null;
    return {
      id: this.textOf(place, 'id'),
      name: this.textOf(place, 'name'),
      firm: this.textOf(place, 'firm'),
      role: this.textOf(place, 'role'),
      department: this.textOf(place, 'department'),
      photo: this.textOf(place, 'photo') || null,
      number: first && shown(first),
      numberCount: to - from,
      directoryIds: this.directoriesIn(this.personWord(place, 'directories')),
    };
  }

  numbers(place: PersonPlace): PersonNumber[] {
    this.check(place);
    const [from, to] = this.numbersOf(place);
    return Array.from({ length: to - from }, (_, index) => this.number(from + index));
  }

  list(offset: number, limit: number, directoryId: string | null): { total: number; places: PersonPlace[] } {
    if (directoryId === null) {
      const length = Math.max(0, Math.min(limit, this.total - offset));
      return { total: this.total, places: Array.from({ length }, (_, index) => offset + index) };
    }
    const rank = this.directoryIds.indexOf(directoryId);
    if (rank < 0) return { total: 0, places: [] };
    const { listStarts, listPlaces } = this.parts;
    const all = listPlaces.subarray(listStarts[rank], listStarts[rank + 1]);
    return { total: all.length, places: Array.from(all.subarray(offset, offset + limit)) };
  }

  private number(number: number): PersonNumber {
    const partyKey = this.keyMatches.keyOf(this.parts.numberGroups[number]!);
    const own = this.text.at(this.numberWord(number, 'own')) || partyKey;
    const extension = this.text.at(this.numberWord(number, 'extension')) || null;
    return {
      ...{ partyKey, dial: dialText(own, extension), display: formatNormal(own), extension },
      label: this.text.at(this.numberWord(number, 'label')),
      directoryIds: this.directoriesIn(this.numberWord(number, 'origin') >>> 2),
    };
  }

  private directoriesIn(set: number): string[] {
    return ranksIn(set, this.parts.directorySets).map((rank) => this.directoryIds[rank]!);
  }

  private numbersOf(place: PersonPlace): [number, number] {
    const all = this.parts.numberGroups.length;
    const from = Math.min(this.personWord(place, 'firstNumber'), all);
    return [from, Math.max(from, Math.min(this.personWord(place + 1, 'firstNumber'), all))];
  }

  private textOf(place: PersonPlace, word: keyof typeof personWord): string {
    return this.text.at(this.personWord(place, word));
  }

  private personWord(place: PersonPlace, word: keyof typeof personWord): number {
    return this.parts.persons[place * personWords + personWord[word]]!;
  }

  private numberWord(number: number, word: keyof typeof numberWord): number {
    return this.parts.numbers[number * numberWords + numberWord[word]]!;
  }

  private check(place: PersonPlace): void {
    if (!(place >= 0 && place < this.total)) throw new RangeError(`there is nobody at ${place}`);
  }
}
