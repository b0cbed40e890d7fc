import type { MergedPerson } from '../merging/merged-person.ts';
import { DirectoryRanks } from './directory-ranks.ts';
import { confidences, handleWords, packImage } from './image-layout.ts';
import { TextWriter } from './image-text.ts';
import { hashText, placesByValue } from './key-hash.ts';
import { sortByName } from './name-order.ts';
import { groupNumbers, type WaitingNumber } from './number-groups.ts';
import { WordColumn } from './word-column.ts';

function* directoriesOf(persons: readonly MergedPerson[]): Generator<string> {
  for (const { entries, numbers } of persons) {
    for (const { directoryId } of entries) yield directoryId;
    for (const { directoryIds } of numbers) yield* directoryIds;
  }
}

class ImageBuilder {
  private readonly text = new TextWriter();
  private readonly persons = new WordColumn();
  private readonly numbers = new WordColumn();
  private readonly waiting: WaitingNumber[] = [];
  private readonly handles = new WordColumn();
  private readonly hashes: number[] = [];
  private readonly ranks: DirectoryRanks;
  /** Places of the people of each directory, ascending. */
  private readonly lists: WordColumn[] = [];

  constructor(persons: readonly MergedPerson[], directoryIds: readonly string[]) {
    this.ranks = new DirectoryRanks(directoryIds, directoriesOf(persons), this.text);
    for (let rank = 0; rank < this.ranks.columns.directories.length; rank += 1) this.lists.push(new WordColumn());
  }

  add(person: MergedPerson, place: number): void {
    const { text, ranks } = this;
    const directoryIds = [...new Set(person.entries.map(({ directoryId }) => directoryId))];
    for (const id of directoryIds) this.lists[ranks.rankOf(id)]!.push(place);
    const searched = [...person.notes, ...person.emails].filter((one) => one !== '').join('\n');
    this.persons.push(
      text.add(person.name),
      text.share(person.firm),
      text.share(person.role),
      text.share(person.department),
      text.add(person.photo ?? ''),
      this.addHandles(person, place),
      text.add(searched),
      ranks.setOf(directoryIds),
      this.waiting.length,
    );
    for (const number of person.numbers) {
      const confidence = confidences.indexOf(number.confidence);
      const directories = ranks.setOf(number.directoryIds);
      this.waiting.push({ key: number.key, confidence, directories, person: place });
      const own = number.number === number.key ? 0 : text.add(number.number);
      this.numbers.push(
        place,
        text.share(number.label),
        text.share(number.extension ?? ''),
        own,
        directories * 4 + confidence,
      );
    }
  }

  pack(version: number): SharedArrayBuffer {
    this.persons.push(0, 0, 0, 0, 0, 0, 0, 0, this.waiting.length);
    const { directories, directorySets } = this.ranks.columns;
    const { groupOf, ...groups } = groupNumbers(this.waiting, directorySets.values());
    const listStarts = new WordColumn();
    const listPlaces = new WordColumn();
    for (const list of this.lists) {
      listStarts.push(listPlaces.length);
      for (const place of list.values()) listPlaces.push(place);
    }
    listStarts.push(listPlaces.length);
    return packImage({
      version,
      ...groups,
      ...this.sortedHandles(),
      ...{ directories: directories.values(), directorySets: directorySets.values() },
      ...{ listStarts: listStarts.values(), listPlaces: listPlaces.values() },
      persons: this.persons.values(),
      numbers: this.numbers.values(),
      numberGroups: groupOf,
      text: this.text.bytes(),
    });
  }

  /** @returns where the person's id lies, which is a handle too */
  private addHandles({ id, entries }: MergedPerson, place: number): number {
    let own = 0;
    for (const handle of new Set([id, ...entries.map((entry) => entry.handle)])) {
      const at = this.text.add(handle);
      if (handle === id) own = at;
      this.hashes.push(hashText(handle));
      this.handles.push(at, place);
    }
    return own;
  }

  private sortedHandles(): { handleHashes: Uint32Array; handles: Uint32Array } {
    const order = placesByValue(this.hashes);
    const handles = new Uint32Array(order.length * handleWords);
    order.forEach((from, to) => {
      handles[to * handleWords] = this.handles.at(from * handleWords);
      handles[to * handleWords + 1] = this.handles.at(from * handleWords + 1);
    });
    return { handleHashes: Uint32Array.from(order, (from) => this.hashes[from]!), handles };
  }
}

/**
 * Everybody in one buffer of shared memory, for `SharedPeopleImage`. The same people in any order give the same answers.
 * @param given the image's version, and the directories in the user's order
 * @returns some 300 bytes a person, of which half are texts
 */
export function buildPeopleImage(
  persons: Iterable<MergedPerson>,
  given: { version: number; directoryIds: readonly string[] },
): SharedArrayBuffer {
  const sorted = sortByName([...persons]);
  const builder = new ImageBuilder(sorted, given.directoryIds);
  sorted.forEach((person, place) => builder.add(person, place));
  return builder.pack(given.version);
}
