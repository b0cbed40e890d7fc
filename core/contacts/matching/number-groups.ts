import { firstRank } from './directory-ranks.ts';
import { numberWord, numberWords } from './image-layout.ts';
import { placesByValue, tailOf } from './key-hash.ts';
import { WordColumn } from './word-column.ts';

export interface NumberGroups {
  groupTails: Uint32Array;
  groupKeys: Uint32Array;
  groupOwners: Uint32Array;
  /** Numbers, one group’s behind the other’s. */
  owners: Uint32Array;
  /** Group of each number. */
  numberGroups: Uint32Array;
  keys: Uint8Array;
}

/** 1 for a number that is reached by an extension, 0 for one that is somebody's own line. */
export function behindExtension(number: number, numbers: Uint32Array): number {
  return Number(numbers[number * numberWords + numberWord.extension] !== 0);
}

type Compare = (a: number, b: number) => number;

/**
 * By key; of one key the surest first, then who has it to themselves before those behind an extension, then whose
 * directory the user put first, then by the person's name.
 */
function byKey(keys: readonly string[], numbers: Uint32Array, directorySets: Uint32Array): Compare {
  return (a, b) => {
    if (keys[a] !== keys[b]) return keys[a]! < keys[b]! ? -1 : 1;
    const [one, other] = [numbers[a * numberWords + numberWord.origin]!, numbers[b * numberWords + numberWord.origin]!];
    const surer = (one & 3) - (other & 3) || behindExtension(a, numbers) - behindExtension(b, numbers);
    // Numbers lie in the order of the people who have them.
    return surer || firstRank(one >>> 2, directorySets) - firstRank(other >>> 2, directorySets) || a - b;
  };
}

/** Numbers with the same tail lie together already; puts those of one key together too. */
function sortWithinTails(owners: Uint32Array, tails: Uint32Array, compare: Compare): void {
  for (let from = 0; from < owners.length;) {
    const tail = tails[owners[from]!];
    let to = from + 1;
    while (to < owners.length && tails[owners[to]!] === tail) to += 1;
    if (to - from > 1) owners.subarray(from, to).sort(compare);
    from = to;
  }
}

/** One behind the other, and where each begins; the end is the last. */
function joinKeys(texts: readonly string[]): Pick<NumberGroups, 'keys' | 'groupKeys'> {
  const joined = texts.join('');
  const keys = Buffer.from(joined);
  // Nearly always: whatever is dialled is written in digits.
  const isPlain = keys.length === joined.length;
  const groupKeys = new Uint32Array(texts.length + 1);
  let bytes = 0;
  texts.forEach((text, group) => {
    groupKeys[group] = bytes;
    bytes += isPlain ? text.length : Buffer.byteLength(text);
  });
  groupKeys[texts.length] = bytes;
  return { keys, groupKeys };
}

/** One group for each key, those with the same tail together. */
export function groupNumbers(keys: readonly string[], numbers: Uint32Array, directorySets: Uint32Array): NumberGroups {
  const tails = new Uint32Array(keys.length);
  for (let number = 0; number < keys.length; number += 1) tails[number] = tailOf(keys[number]!);
  const owners = placesByValue(tails);
  sortWithinTails(owners, tails, byKey(keys, numbers, directorySets));
  const columns = {
    tails: new WordColumn(keys.length),
    owners: new WordColumn(keys.length),
  };
  const numberGroups = new Uint32Array(keys.length);
  const texts: string[] = [];
  let [lastTail, lastKey] = [-1, ''];
  for (let place = 0; place < owners.length; place += 1) {
    const number = owners[place]!;
    const tail = tails[number]!;
    const key = keys[number]!;
    if (tail !== lastTail || key !== lastKey) {
      columns.tails.push(tail);
      columns.owners.push(place);
      texts.push(key);
      [lastTail, lastKey] = [tail, key];
    }
    numberGroups[number] = texts.length - 1;
  }
  columns.owners.push(owners.length);
  return {
    ...{ groupTails: columns.tails.values(), groupOwners: columns.owners.values() },
    ...{ owners, numberGroups, ...joinKeys(texts) },
  };
}
