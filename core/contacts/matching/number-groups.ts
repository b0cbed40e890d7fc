import { firstRank } from './directory-ranks.ts';
import { placesByValue, tailOf } from './key-hash.ts';
import { WordColumn } from './word-column.ts';

/** A number of a person, as it waits for its place. */
export interface WaitingNumber {
  key: string;
  /** Place among `confidences`. */
  confidence: number;
  directories: number;
  person: number;
}

export interface NumberGroups {
  groupTails: Uint32Array;
  groupKeys: Uint32Array;
  groupOwners: Uint32Array;
  owners: Uint32Array;
  /** Group of each number. */
  groupOf: Uint32Array;
  keys: Uint8Array;
}

function byKey(numbers: readonly WaitingNumber[], sets: Uint32Array): (a: number, b: number) => number {
  return (a, b) => {
    const [one, other] = [numbers[a]!, numbers[b]!];
    if (one.key !== other.key) return one.key < other.key ? -1 : 1;
    const ranks = firstRank(one.directories, sets) - firstRank(other.directories, sets);
    return one.confidence - other.confidence || ranks || one.person - other.person || a - b;
  };
}

/**
 * One group for each key, those with the same tail together; in it the surest owners first, of equals first whose
 * directory the user put first, then by name.
 */
export function groupNumbers(numbers: readonly WaitingNumber[], directorySets: Uint32Array): NumberGroups {
  const tails = Uint32Array.from(numbers, ({ key }) => tailOf(key));
  const owners = placesByValue(tails);
  const compare = byKey(numbers, directorySets);
  const [groupTails, groupKeys, groupOwners] = [new WordColumn(), new WordColumn(), new WordColumn()];
  const groupOf = new Uint32Array(numbers.length);
  const keys: string[] = [];
  let bytes = 0;
  const open = (place: number) => {
    const { key } = numbers[owners[place]!]!;
    groupTails.push(tails[owners[place]!]!);
    groupKeys.push(bytes);
    groupOwners.push(place);
    keys.push(key);
    bytes += Buffer.byteLength(key);
  };
  for (let from = 0; from < owners.length;) {
    let to = from + 1;
    while (to < owners.length && tails[owners[to]!] === tails[owners[from]!]) to += 1;
    if (to - from > 1) owners.subarray(from, to).sort(compare);
    for (let place = from; place < to; place += 1) {
      if (place === from || numbers[owners[place]!]!.key !== numbers[owners[place - 1]!]!.key) open(place);
      groupOf[owners[place]!] = groupTails.length - 1;
    }
    from = to;
  }
  groupKeys.push(bytes);
  groupOwners.push(owners.length);
  return {
    ...{ groupTails: groupTails.values(), groupKeys: groupKeys.values(), groupOwners: groupOwners.values() },
    ...{ owners, groupOf, keys: Buffer.from(keys.join('')) },
  };
}
