import type { MergedPerson } from '../merging/merged-person.ts';
import { placesByValue } from './key-hash.ts';

const plain = /^[а-яa-z0-9]+(?: [а-яa-z0-9]+)*$/;

/** Case, ё, and what is no letter or digit do not count. */
function fold(text: string): string {
  const lower = text.toLowerCase().replaceAll('ё', 'е');
  return plain.test(lower) ? lower : lower.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

const behindCyrillic = 0x3000;

/** Comparable with `<`: digits, then Cyrillic, then Latin, as a Russian office sorts. */
export function sortingText(text: string): string {
  const folded = fold(text);
  if (!/[a-z]/.test(folded)) return folded;
  return folded.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + behindCyrillic));
}

const lumps = { beforeCyrillic: 12, beforeLatin: 46, behindLatin: 74 };
const isLump = (rank: number) =>
  rank === lumps.beforeCyrillic || rank === lumps.beforeLatin || rank === lumps.behindLatin;

/** 0…127, never less for a character that sorts behind. */
function rank(code: number): number {
  if (Number.isNaN(code)) return 0;
  if (code < 0x30) return 1;
  if (code <= 0x39) return code - 0x2e;
  if (code < 0x430) return lumps.beforeCyrillic;
  if (code <= 0x44f) return 13 + code - 0x430;
  const latin = code - behindCyrillic;
  if (latin < 0x61) return lumps.beforeLatin;
  return latin <= 0x7a ? 47 + latin - 0x61 : lumps.behindLatin;
}

/** Of two texts the greater one has no smaller number; what stands behind a lump of characters does not count. */
function beginning(text: string): number {
  let value = 0;
  let lumped = false;
  for (let index = 0; index < 4; index += 1) {
    const next = lumped ? 0 : rank(text.charCodeAt(index));
    lumped ||= isLump(next);
    value = value * 128 + next;
  }
  return value;
}

/** What a person is sorted by: the name, or whatever else is known of them. */
export function listedName({ name, firm, numbers }: MergedPerson): string {
  return name || firm || (numbers[0]?.number ?? '');
}

const fields = ['name', 'firm', 'id'] as const;

/** Those of one sorting text. */
function compareFields(one: MergedPerson, other: MergedPerson): number {
  for (const field of fields) if (one[field] !== other[field]) return one[field] < other[field] ? -1 : 1;
  return 0;
}

/** As `sortByName` puts the two. */
export function compareByName(one: MergedPerson, other: MergedPerson): number {
  const [before, behind] = [sortingText(listedName(one)), sortingText(listedName(other))];
  if (before !== behind) return before < behind ? -1 : 1;
  return compareFields(one, other);
}

/** The people by name. Does not depend on the order in which they come. */
export function sortByName(persons: readonly MergedPerson[]): MergedPerson[] {
  const texts = persons.map((person) => sortingText(listedName(person)));
  const compare = (a: number, b: number): number => {
    if (texts[a] !== texts[b]) return texts[a]! < texts[b]! ? -1 : 1;
    return compareFields(persons[a]!, persons[b]!);
  };
  const values = texts.map(beginning);
  const order = placesByValue(values);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    if (to - from > 1) order.subarray(from, to).sort(compare);
    from = to;
  }
  return Array.from(order, (place) => persons[place]!);
}
