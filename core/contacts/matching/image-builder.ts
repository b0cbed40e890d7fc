import type { MergedNumber, MergedPerson } from '../merging/merged-person.ts';
import { DirectoryRanks } from './directory-ranks.ts';
import { confidences, handleWords, numberWords, packImage, personWord, personWords } from './image-layout.ts';
import { TextWriter } from './image-text.ts';
import { hashText, placesByValue } from './key-hash.ts';
import { sortByName } from './name-order.ts';
import { groupNumbers } from './number-groups.ts';
import { WordColumn } from './word-column.ts';

function searchedText({ notes, emails }: MergedPerson): string {
  if (notes.length === 0) return emails.length === 1 ? emails[0]! : emails.join('\n');
  return [...notes, ...emails].join('\n');
}

class ImageBuilder {
  private readonly text = new TextWriter();
  private readonly persons: WordColumn;
  private readonly numbers: WordColumn;
  private readonly keys: string[] = [];
  private readonly handleTexts = new WordColumn();
  private readonly handlePersons = new WordColumn();
  private readonly handleHashes = new WordColumn();
  private readonly ranks: DirectoryRanks;
  /** Places of the people of each directory, ascending. */
  private readonly lists: WordColumn[] = [];

  constructor(persons: readonly MergedPerson[], directoryIds: readonly string[]) {
    this.persons = new WordColumn((persons.length + 1) * personWords);
    this.numbers = new WordColumn(persons.length * 2 * numberWords);
    this.ranks = new DirectoryRanks(directoryIds, this.text);
    persons.forEach((person, place) => this.add(person, place));
    for (let word = 0; word < personWords; word += 1)
      this.persons.push(word === personWord.firstNumber ? this.keys.length : 0);
  }

  pack(version: number): SharedArrayBuffer {
    const directories = this.ranks.columns.directories.values();
    const directorySets = this.ranks.columns.directorySets.values();
    const numbers = this.numbers.values();
    return packImage({
      ...{ version, persons: this.persons.values(), numbers, directories, directorySets },
      ...groupNumbers(this.keys, numbers, directorySets),
      ...this.sortedHandles(),
      ...this.joinedLists(),
      text: this.text.bytes(),
    });
  }

  /** Words in the order of `personWord`. */
  private add(person: MergedPerson, place: number): void {
    const { text, persons } = this;
    persons.push(text.add(person.name));
    persons.push(text.share(person.firm));
    persons.push(text.share(person.role));
    persons.push(text.share(person.department));
    persons.push(text.add(person.photo ?? ''));
    persons.push(this.addHandles(person, place));
    persons.push(text.add(searchedText(person)));
    persons.push(this.addToLists(person, place));
    persons.push(this.keys.length);
    for (const number of person.numbers) this.addNumber(number, place);
  }

  /** Words in the order of `numberWord`. */
  private addNumber(number: MergedNumber, place: number): void {
    const { text, numbers } = this;
    this.keys.push(number.key);
    numbers.push(place);
    numbers.push(text.share(number.label));
    numbers.push(number.extension === null ? 0 : text.share(number.extension));
    numbers.push(number.number === number.key ? 0 : text.add(number.number));
    numbers.push(this.ranks.setOf(number.directoryIds) * 4 + confidences.indexOf(number.confidence));
  }

  /** @returns the set of the person's directories */
  private addToLists({ entries }: MergedPerson, place: number): number {
    const ids =
      entries.length === 1 ? [entries[0]!.directoryId] : [...new Set(entries.map((entry) => entry.directoryId))];
    for (const id of ids) (this.lists[this.ranks.rankOf(id)] ??= new WordColumn()).push(place);
    return this.ranks.setOf(ids);
  }

  /** @returns where the person's id lies, which is a handle too */
  private addHandles({ id, entries }: MergedPerson, place: number): number {
    const own = this.addHandle(id, place);
    for (const { handle } of entries) if (handle !== id) this.addHandle(handle, place);
    return own;
  }

  private addHandle(handle: string, place: number): number {
    const at = this.text.add(handle);
    this.handleTexts.push(at);
    this.handlePersons.push(place);
    this.handleHashes.push(hashText(handle));
    return at;
  }

  private sortedHandles(): { handleHashes: Uint32Array; handles: Uint32Array } {
    const [hashes, texts, persons] = [
      this.handleHashes.values(),
      this.handleTexts.values(),
      this.handlePersons.values(),
    ];
    const order = placesByValue(hashes);
    const handles = new Uint32Array(order.length * handleWords);
    order.forEach((from, to) => {
      handles[to * handleWords] = texts[from]!;
      handles[to * handleWords + 1] = persons[from]!;
    });
    return { handleHashes: order.map((from) => hashes[from]!), handles };
  }

  private joinedLists(): { listStarts: Uint32Array; listPlaces: Uint32Array } {
    const { length } = this.ranks.columns.directories;
    const lists = Array.from({ length }, (_, rank) => this.lists[rank]?.values() ?? new Uint32Array());
    const listStarts = new Uint32Array(lists.length + 1);
    lists.forEach((list, rank) => (listStarts[rank + 1] = listStarts[rank]! + list.length));
    const listPlaces = new Uint32Array(listStarts[lists.length]!);
    lists.forEach((list, rank) => listPlaces.set(list, listStarts[rank]));
    return { listStarts, listPlaces };
  }
}

/**
 * Everybody in one buffer of shared memory, for `SharedPeopleImage`. The same people in any order give the same answers.
 * @param given the image's version, and the directories in the user's order
 * @returns some 250 bytes a person with two numbers
 */
export function buildPeopleImage(
  persons: Iterable<MergedPerson>,
  given: { version: number; directoryIds: readonly string[] },
): SharedArrayBuffer {
  return new ImageBuilder(sortByName([...persons]), given.directoryIds).pack(given.version);
}
