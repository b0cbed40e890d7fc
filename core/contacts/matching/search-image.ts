import { DigitIndex } from './digit-index.ts';
import { openImage, personWords, type ImageParts } from './image-layout.ts';
import { TextReader } from './image-text.ts';
import type { FoundPeople, PeopleQuery } from './people-search.ts';
import { parseQuery, type Reading } from './search-query.ts';
import { found, WordIndex } from './word-index.ts';

/** What a word costs that was not meant as it was typed: it stands behind all that were. */
const guess = 3;
// Of the needles asked for last: while somebody types, the words before the last one stay.
const keptNeedles = 12;

/**
 * Finds people in one image by parts of their words. Every part of the text must be found; how well the worst-fitting
 * word of each part fits decides the order, then the name.
 */
export class SearchImage {
  private readonly parts: ImageParts;
  private readonly total: number;
  private readonly words: WordIndex;
  private readonly digits: DigitIndex;
  private readonly directoryIds: readonly string[];
  private readonly kept = new Map<string, Uint8Array>();

  /** Takes some µs a person. @throws Error for a buffer that holds no whole image of this build */
  constructor(buffer: SharedArrayBuffer) {
    this.parts = openImage(buffer);
    this.total = this.parts.persons.length / personWords - 1;
    this.words = new WordIndex(this.parts);
    this.digits = new DigitIndex(this.parts);
    const text = new TextReader(this.parts.text);
    this.directoryIds = Array.from(this.parts.directories, (place) => text.at(place));
  }

  find({ text, directoryId, offset, limit }: PeopleQuery): FoundPeople {
    const scores = new Uint8Array(this.total);
    for (const readings of parseQuery(text)) this.addPart(readings, scores);
    if (directoryId !== null) this.keepDirectory(directoryId, scores);
    return { version: this.parts.version, ...page(scores, offset, limit) };
  }

  /** Adds the best reading's score for everybody; whom none fits is out. */
  private addPart(readings: readonly Reading[], scores: Uint8Array): void {
    let best: Uint8Array | null = null;
    for (const reading of readings) {
      if (reading.last && best?.some((score) => score !== found.not)) continue;
      const next = this.read(reading);
      best = best ? smaller(best, next) : next;
    }
    if (!best) return;
    for (let person = 0; person < scores.length; person += 1) {
      const [so, more] = [scores[person]!, best[person]!];
      scores[person] = so === found.not || more === found.not ? found.not : so + more;
    }
  }

  private read({ needles, number, guessed }: Reading): Uint8Array {
    const [first, ...others] = needles.map((needle) => this.needle(needle, number));
    if (others.length === 0 && !guessed) return first!;
    const worst = first!.slice();
    for (const other of others)
      for (let person = 0; person < worst.length; person += 1)
        if (other[person]! > worst[person]!) worst[person] = other[person]!;
    if (guessed)
      for (let person = 0; person < worst.length; person += 1) if (worst[person] !== found.not) worst[person]! += guess;
    return worst;
  }

  private needle(needle: string, number: Reading['number']): Uint8Array {
    // Figures alone may be a part of a number whatever they were typed for.
    const digits = number ?? (/^\d+$/.test(needle) ? { anywhere: needle, beginnings: [] } : null);
    const name = `${needle} ${digits ? JSON.stringify(digits) : ''}`;
    let scores = this.kept.get(name);
    if (!scores) {
      scores = new Uint8Array(this.total).fill(found.not);
      this.words.mark(needle, scores);
      if (digits) this.digits.mark(digits, scores);
      if (this.kept.size >= keptNeedles) this.kept.delete(this.kept.keys().next().value!);
    } else this.kept.delete(name);
    this.kept.set(name, scores);
    return scores;
  }

  private keepDirectory(directoryId: string, scores: Uint8Array): void {
    const { listStarts, listPlaces } = this.parts;
    const rank = this.directoryIds.indexOf(directoryId);
    const before = scores.slice();
    scores.fill(found.not);
    if (rank < 0) return;
    for (const person of listPlaces.subarray(listStarts[rank], listStarts[rank + 1])) scores[person] = before[person]!;
  }
}

function smaller(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = one.slice();
  for (let person = 0; person < both.length; person += 1)
    if (other[person]! < both[person]!) both[person] = other[person]!;
  return both;
}

/** People lie in the order of their names: of equal scores the first come first. */
function page(scores: Uint8Array, offset: number, limit: number): { total: number; places: number[] } {
  const counts = new Uint32Array(256);
  for (let person = 0; person < scores.length; person += 1) counts[scores[person]!]! += 1;
  const places: number[] = [];
  let skip = offset;
  for (let score = 0; score < found.not && places.length < limit; score += 1) {
    if (skip >= counts[score]!) {
      skip -= counts[score]!;
      continue;
    }
    for (
      let person = scores.indexOf(score);
      person >= 0 && places.length < limit;
      person = scores.indexOf(score, person + 1)
    ) {
      if (skip > 0) skip -= 1;
      else places.push(person);
    }
  }
  return { total: scores.length - counts[found.not]!, places };
}
