import type { MatchConfidence } from '#contract/ipc/index.ts';
import type { MatchKey } from '../numbers/match-key.ts';
import { compareKeys } from './compare-keys.ts';
import { firstRank } from './directory-ranks.ts';
import { confidences, numberWord, numberWords, type ImageParts } from './image-layout.ts';
import { lowerBound, tailOf } from './key-hash.ts';
import { behindExtension } from './number-groups.ts';

export interface KeyMatch {
  /** Place of the number, and of the person who has it. */
  number: number;
  person: number;
  confidence: MatchConfidence;
}

const order: readonly MatchConfidence[] = ['certain', 'local', 'likely', 'possible'];
export const mostMatches = 20;
// Nobody has so many lines that end alike; somebody who made a list to stop the phone may.
const mostGroups = 1000;

/** Finds whose a number may be; one look leads to all that ends alike. */
export class KeyMatches {
  private readonly parts: ImageParts;
  private readonly keys: Buffer;

  constructor(parts: ImageParts) {
    const { keys } = parts;
    this.parts = parts;
    this.keys = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength);
  }

  keyOf(group: number): string {
    const { groupKeys } = this.parts;
    return this.keys.toString('utf8', groupKeys[group], groupKeys[group + 1]);
  }

  find(asked: MatchKey): KeyMatch[] {
    const { groupTails } = this.parts;
    const tail = tailOf(asked.key);
    const found: { rating: number; match: KeyMatch }[] = [];
    const first = lowerBound(groupTails, tail);
    for (let group = first; groupTails[group] === tail && group < first + mostGroups; group += 1) {
      const key = this.keyOf(group);
      confidences.forEach((confidence, place) => {
        const grade = compareKeys(asked, { key, confidence });
        if (grade) found.push(...this.best(group, place, grade));
      });
    }
    found.sort((a, b) => a.rating - b.rating || a.match.number - b.match.number);
    const seen = new Set<number>();
    const people = found.filter(({ match: { person } }) => !seen.has(person) && seen.add(person));
    return people.slice(0, mostMatches).map(({ match }) => match);
  }

  /** The first owners of a key of one confidence; whoever stands behind them stands behind twenty in all. */
  private best(group: number, confidence: number, grade: MatchConfidence): { rating: number; match: KeyMatch }[] {
    const { groupOwners, owners, numbers, directorySets } = this.parts;
    const [from, to] = [groupOwners[group]!, Math.min(groupOwners[group + 1]!, owners.length)];
    const start = this.firstOf(confidence, from, to);
    return Array.from(owners.subarray(start, Math.min(start + mostMatches, to)))
      .filter((number) => this.confidenceOf(number) === confidence)
      .map((number) => {
        const person = numbers[number * numberWords + numberWord.person]!;
        const rank = firstRank(numbers[number * numberWords + numberWord.origin]! >>> 2, directorySets);
        return {
          rating: ((order.indexOf(grade) * 2 + behindExtension(number, numbers)) * 2 ** 17 + rank) * 2 ** 22 + person,
          match: { number, person, confidence: grade },
        };
      });
  }

  private confidenceOf(number: number): number {
    return this.parts.numbers[number * numberWords + numberWord.origin]! & 3;
  }

  private firstOf(confidence: number, from: number, to: number): number {
    const { owners } = this.parts;
    let [low, high] = [Math.min(from, to), to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.confidenceOf(owners[middle]!) < confidence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
