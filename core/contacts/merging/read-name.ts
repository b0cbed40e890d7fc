import { foldWord } from './fold-word.ts';

/** As `foldWord`, which may remember. */
export type FoldWord = (word: string) => string;

/** A name as it is compared. Words are folded. */
export interface ComparedName {
  kind: 'person' | 'firm' | 'none';
  /** Everything of it in one order: equal for names of the same words. */
  key: string;
  /** Written out, without the patronymic; sorted. */
  words: readonly string[];
  patronymic: string | null;
  /** As written: first the given name's, then the patronymic's. */
  initials: readonly string[];
  /** The words as one; null unless a given name and a family name are written out. */
  fullKey: string | null;
  /** As `fullKey`, with the patronymic; null where that is left out. */
  wholeKey: string | null;
}

const legalForms = new Set(
  (
    'ооо оао зао пао ао нао одо тоо уп чуп гуп муп фгуп мбу гбу фгбу мку гку ано нко пк тсж тсн жск гск снт кфх пао ' +
    'ooo oao zao pao llc llp ltd limited inc corp gmbh plc ag bv oy ab srl spa sarl'
  ).split(' '),
);
/** A person's own firm goes by the person's name. */
const proprietor = new Set(['ип', 'чп', 'ip']);
const patronymicEnding = /(?:[oe]vich|[oe]vna|ichna|[iln]ich|kuzmich|fomich|lukich)$/;

const longest = 200;

function split(text: string): string[] {
  let plain = text.slice(0, longest).toLowerCase();
  if (plain.includes('(')) plain = plain.replace(/\([^)]*\)/g, ' ');
  if (/^[а-яёa-z ]*$/.test(plain)) return plain.split(' ').filter(Boolean);
  return plain.replace(/['’`-]/g, '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

const isInitial = (word: string) => word.length === 1 && /\p{L}/u.test(word);

/** The words of a firm's name without its legal form, in one order; empty for none. */
export function firmKey(text: string, fold: FoldWord = foldWord): string {
  const words = split(text).filter((word) => !legalForms.has(word) && !proprietor.has(word));
  return words.map(fold).filter(Boolean).sort().join(' ');
}

/** Whether the firm is one person's, whose name it goes by. */
export function isProprietor(firm: string): boolean {
  return split(firm).some((word) => proprietor.has(word));
}

export const noName: ComparedName = {
  ...{ kind: 'none', key: '', words: [], patronymic: null, initials: [], fullKey: null, wholeKey: null },
};

/** The name of a firm; `noName` for none. */
export function readFirm(text: string, fold: FoldWord = foldWord): ComparedName {
  const key = firmKey(text, fold);
  return key === '' ? noName : { ...noName, kind: 'firm', key, words: key.split(' ') };
}

function readPerson(written: readonly string[], fold: FoldWord): ComparedName {
  const initials = written.filter(isInitial).map(fold);
  const folded = written
    .filter((word) => !isInitial(word))
    .map(fold)
    .filter(Boolean);
  const at = folded.length < 2 ? -1 : folded.findLastIndex((word) => patronymicEnding.test(word));
  const words = folded.filter((_word, index) => index !== at).sort();
  const all = folded.toSorted();
  const isFull = words.length >= 2 && initials.length === 0;
  return {
    kind: folded.length + initials.length === 0 ? 'none' : 'person',
    key: [...all, ...initials.map((initial) => `${initial}.`)].join(' '),
    words,
    patronymic: folded[at] ?? null,
    initials,
    fullKey: isFull ? words.join(' ') : null,
    wholeKey: isFull && at >= 0 ? all.join(' ') : null,
  };
}

/** What a name says of whom it means: a firm by its legal form, else a human, whose name may be short. */
export function readName(text: string, fold: FoldWord = foldWord): ComparedName {
  const written = split(text);
  if (written.some((word) => legalForms.has(word))) return readFirm(text, fold);
  return readPerson(
    written.filter((word) => !proprietor.has(word)),
    fold,
  );
}
