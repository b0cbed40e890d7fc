import { numberWord, numberWords, type ImageParts } from './image-layout.ts';
import type { NumberNeedle } from './search-query.ts';
import { found } from './word-index.ts';

const plus = '+'.charCodeAt(0);
// Country codes of one digit: what follows is where most people begin to read the number.
const shortCodes = ['1', '7'].map((digit) => digit.charCodeAt(0));

/** Looks for digits in the numbers as they lie in an image. */
export class DigitIndex {
  private readonly parts: ImageParts;
  /** Who owns the numbers of the groups, one behind the other. */
  private readonly people: Uint32Array;

  constructor(parts: ImageParts) {
    const { owners, numbers } = parts;
    this.parts = parts;
    this.people = owners.map((number) => numbers[number * numberWords + numberWord.person]!);
  }

  /** Notes in `scores` who has a number with the digits in it. */
  mark({ anywhere, beginnings }: NumberNeedle, scores: Uint8Array): void {
    if (anywhere !== null) this.markAnywhere(Buffer.from(anywhere), scores);
    for (const beginning of beginnings) if (beginning !== '') this.markBeginning(Buffer.from(beginning), scores);
  }

  private markAnywhere(needle: Uint8Array, scores: Uint8Array): void {
    const { keys, groupKeys } = this.parts;
    const first = needle[0]!;
    for (let group = 0; group < groupKeys.length - 1; group += 1) {
      const start = groupKeys[group]!;
      const last = groupKeys[group + 1]! - needle.length;
      for (let at = start; at <= last; at += 1) {
        if (keys[at] !== first || !this.isAt(needle, at)) continue;
        this.markOwners(group, this.isBeginning(start, at) ? found.otherBeginning : found.inside, scores);
        break;
      }
    }
  }

  private markBeginning(needle: Uint8Array, scores: Uint8Array): void {
    const { keys, groupKeys } = this.parts;
    for (let group = 0; group < groupKeys.length - 1; group += 1) {
      const start = groupKeys[group]!;
      if (keys[start] !== plus || start + needle.length >= groupKeys[group + 1]!) continue;
      if (this.isAt(needle, start + 1)) this.markOwners(group, found.otherBeginning, scores);
    }
  }

  private isAt(needle: Uint8Array, at: number): boolean {
    const { keys } = this.parts;
    for (let index = 0; index < needle.length; index += 1) if (keys[at + index] !== needle[index]) return false;
    return true;
  }

  private isBeginning(start: number, at: number): boolean {
    const { keys } = this.parts;
    if (keys[start] !== plus) return at === start;
    return at === start + 1 || (at === start + 2 && shortCodes.includes(keys[start + 1]!));
  }

  private markOwners(group: number, score: number, scores: Uint8Array): void {
    const { people } = this;
    const { groupOwners } = this.parts;
    const end = groupOwners[group + 1]!;
    for (let place = groupOwners[group]!; place < end; place += 1) {
      const person = people[place]!;
      if (score < scores[person]!) scores[person] = score;
    }
  }
}
