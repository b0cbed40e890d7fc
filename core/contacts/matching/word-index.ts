import { comparableDigits } from './compare-keys.ts';
import { numberWord, numberWords, personWord, personWords, type ImageParts } from './image-layout.ts';
import { TextReader } from './image-text.ts';
import { foldText, wordsOf } from './search-words.ts';
import { WordColumn } from './word-column.ts';

/** How a word was found; less is better. */
export const found = { nameBeginning: 0, otherBeginning: 1, inside: 2, not: 255 } as const;

/**
 * The different words of everybody's texts, each with who has it: many people share few words, so that looking through
 * the words is quick where looking through the texts is not.
 */
export class WordIndex {
  /** Characters of the words, one behind the other. */
  private readonly characters: Uint16Array;
  private readonly starts: Uint32Array;
  private readonly ownerStarts: Uint32Array;
  /** Person × 2, and 1 for a word that is not of the name. */
  private readonly owners: Uint32Array;

  constructor(parts: ImageParts) {
    const collected = new WordCollector(parts);
    const words = collected.words();
    this.starts = new Uint32Array(words.length + 1);
    words.forEach((word, place) => (this.starts[place + 1] = this.starts[place]! + word.length));
    this.characters = new Uint16Array(this.starts[words.length]!);
    words.forEach((word, place) => {
      for (let index = 0; index < word.length; index += 1)
        this.characters[this.starts[place]! + index] = word.charCodeAt(index);
    });
    ({ ownerStarts: this.ownerStarts, owners: this.owners } = collected.owners());
  }

  /** Notes in `scores` who has a word with the needle in it, and how well it fits. */
  mark(needle: string, scores: Uint8Array): void {
    const { starts, characters } = this;
    const first = needle.charCodeAt(0);
    for (let word = 0; word < starts.length - 1; word += 1) {
      const start = starts[word]!;
      const last = starts[word + 1]! - needle.length;
      for (let at = start; at <= last; at += 1) {
        if (characters[at] !== first || !this.isAt(needle, at)) continue;
        this.markOwners(word, at === start, scores);
        break;
      }
    }
  }

  private isAt(needle: string, at: number): boolean {
    for (let index = 1; index < needle.length; index += 1)
      if (this.characters[at + index] !== needle.charCodeAt(index)) return false;
    return true;
  }

  private markOwners(word: number, beginning: boolean, scores: Uint8Array): void {
    const { owners, ownerStarts } = this;
    const end = ownerStarts[word + 1]!;
    for (let place = ownerStarts[word]!; place < end; place += 1) {
      const owner = owners[place]!;
      const score = beginning ? owner & 1 : found.inside;
      if (score < scores[owner >>> 1]!) scores[owner >>> 1] = score;
    }
  }
}

/** Reads every text of an image once. */
class WordCollector {
  private readonly text: TextReader;
  private readonly ids = new Map<string, number>();
  /** Words of texts that many people share. */
  private readonly shared = new Map<number, readonly number[]>();
  private readonly wordOf: WordColumn;
  private readonly ownerOf: WordColumn;

  constructor(parts: ImageParts) {
    const { persons, numbers, numberGroups } = parts;
    const total = persons.length / personWords - 1;
    this.text = new TextReader(parts.text);
    this.wordOf = new WordColumn(total * 12);
    this.ownerOf = new WordColumn(total * 12);
    for (let person = 0; person < total; person += 1) {
      const at = person * personWords;
      this.own(this.wordsAt(persons[at + personWord.name]!), person * 2);
      for (const word of [personWord.firm, personWord.role, personWord.department])
        this.own(this.sharedAt(persons[at + word]!), person * 2 + 1);
      this.own(this.wordsAt(persons[at + personWord.searched]!), person * 2 + 1);
    }
    for (let number = 0; number < numberGroups.length; number += 1) {
      const owner = numbers[number * numberWords + numberWord.person]! * 2 + 1;
      this.own(this.sharedAt(numbers[number * numberWords + numberWord.extension]!), owner);
      const own = numbers[number * numberWords + numberWord.own]!;
      if (own !== 0) this.own(this.wordsAt(own), owner);
    }
    this.ownAddresses(parts);
  }

  words(): string[] {
    return [...this.ids.keys()];
  }

  owners(): { ownerStarts: Uint32Array; owners: Uint32Array } {
    const [words, people] = [this.wordOf.values(), this.ownerOf.values()];
    const ownerStarts = new Uint32Array(this.ids.size + 1);
    for (const word of words) ownerStarts[word + 1]! += 1;
    for (let word = 0; word < this.ids.size; word += 1) ownerStarts[word + 1]! += ownerStarts[word]!;
    const next = ownerStarts.slice();
    const owners = new Uint32Array(words.length);
    words.forEach((word, place) => (owners[next[word]!++] = people[place]!));
    return { ownerStarts, owners };
  }

  /** SIP addresses are found by their words, as no digits are in them that somebody dials. */
  private ownAddresses({ groupKeys, groupOwners, keys, owners, numbers }: ImageParts): void {
    const letters = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength);
    for (let group = 0; group < groupKeys.length - 1; group += 1) {
      if (letters[groupKeys[group]!] !== 's'.charCodeAt(0)) continue;
      const key = letters.toString('utf8', groupKeys[group], groupKeys[group + 1]);
      if (comparableDigits(key) !== null) continue;
      const words = wordsOf(foldText(key.replace(/^sips?:/, ''))).map((word) => this.idOf(word));
      for (const number of owners.subarray(groupOwners[group], groupOwners[group + 1]))
        this.own(words, numbers[number * numberWords + numberWord.person]! * 2 + 1);
    }
  }

  private own(words: readonly number[], owner: number): void {
    for (const word of words) {
      this.wordOf.push(word);
      this.ownerOf.push(owner);
    }
  }

  private wordsAt(place: number): readonly number[] {
    return place === 0 ? [] : wordsOf(foldText(this.text.at(place))).map((word) => this.idOf(word));
  }

  private sharedAt(place: number): readonly number[] {
    let words = this.shared.get(place);
    if (!words) this.shared.set(place, (words = this.wordsAt(place)));
    return words;
  }

  private idOf(word: string): number {
    let id = this.ids.get(word);
    if (id === undefined) this.ids.set(word, (id = this.ids.size));
    return id;
  }
}
