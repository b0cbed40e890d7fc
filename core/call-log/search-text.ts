import { foldName } from '#core/contacts/index.ts';

const mostWords = 8;
/** Fewer digits stand in nearly every number. */
const fewestDigits = 3;

export interface SearchText {
  /** Words that each begin some word of the call's names, short number, note, outcome or tags; folded. */
  words: string[];
  /** Groups of digits that may stand anywhere in the number as well; some of `words`. */
  digits: string[];
  /** The whole text as part of a number, in each way that it may be stored; empty where it has letters. */
  numbers: string[];
}

export function splitWords(text: string): string[] {
  return foldName(text.normalize('NFC'))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Reads what is typed into the box: words of names and notes, or a number in any written form. */
export function readSearchText(text: string): SearchText {
  // The scheme of an address is how it is written, not a part of it.
  const words = splitWords(text.replace(/^\s*<?sips?:/i, '')).slice(0, mostWords);
  const whole = /\p{L}/u.test(text) ? '' : text.replace(/\D/g, '');
  // The trunk prefix of 8 495 … is not part of +7 495 …
  const numbers = [whole, whole.startsWith('8') ? whole.slice(1) : ''].filter((part) => part.length >= fewestDigits);
  return {
    words,
    digits: words.filter((word) => /^\d+$/.test(word) && word.length >= fewestDigits),
    numbers,
  };
}

/** As an FTS5 query: every word may be a beginning. Words hold letters and digits alone, so nothing needs escaping. */
export function toMatch(words: readonly string[]): string {
  return words.map((word) => `"${word}"*`).join(' ');
}
