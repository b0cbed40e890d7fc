import type { ListedPerson } from '#contract/ipc/index.ts';

export interface TextPiece {
  text: string;
  hit: boolean;
}

const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const cyrillic = 'йцукенгшщзхъфывапролджэячсмитьбюё';

/** Lower case, and ё as е, letter by letter, so that places in the text stay what they are. */
const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е');

/** The text as the same keys would have typed it in the other layout. */
export function inOtherLayout(text: string): string {
  const toCyrillic = !/[а-яё]/i.test(text);
  const [from, to] = toCyrillic ? [latin, cyrillic] : [cyrillic, latin];
  return [...text.toLowerCase()].map((letter) => to[from.indexOf(letter)] ?? letter).join('');
}

const wordsOf = (text: string) => fold(text).split(/\s+/).filter(Boolean);
const isNumber = (text: string) => /\d/.test(text) && !/\p{L}/u.test(text);

/** Where typed digits stand among those of a written number, which has marks between them. */
function digitSpan(shown: string, typed: string): [number, number] | null {
  const places = [...shown].flatMap((letter, index) => (/\d/.test(letter) ? [index] : []));
  const digits = places.map((index) => shown[index]).join('');
  const looked = typed.replace(/\D/g, '');
  // 8 before a city or a mobile code is the country's 7.
  for (const one of [looked, looked.replace(/^8(?=\d)/, '7'), looked.replace(/^[78](?=\d{3})/, '')]) {
    const at = one === '' ? -1 : digits.indexOf(one);
    if (at >= 0) return [places[at]!, places[at + one.length - 1]! + 1];
  }
  return null;
}

function spansIn(shown: string, asked: string): [number, number][] {
  const number = isNumber(asked) ? digitSpan(shown, asked) : null;
  if (number) return [number];
  const folded = fold(shown);
  return [...wordsOf(asked), ...wordsOf(inOtherLayout(asked))].flatMap((word) => {
    const at = folded.indexOf(word);
    return at < 0 ? [] : [[at, at + word.length] as [number, number]];
  });
}

/** The text in pieces, those marked that the search has found. */
export function piecesOf(shown: string, asked: string): TextPiece[] {
  const spans = asked.trim() === '' ? [] : spansIn(shown, asked).sort(([one], [other]) => one - other);
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const [from, to] of spans) {
    if (from < end) continue;
    if (from > end) pieces.push({ text: shown.slice(end, from), hit: false });
    pieces.push({ text: shown.slice(from, to), hit: true });
    end = to;
  }
  if (end < shown.length) pieces.push({ text: shown.slice(end), hit: false });
  return pieces;
}

const shownOf = ({ name, firm, role, number }: ListedPerson) => [name, firm, role, number?.display ?? ''];

function isHitBy(person: ListedPerson, asked: string): boolean {
  const shown = shownOf(person);
  if (isNumber(asked)) return shown.some((text) => digitSpan(text, asked) !== null);
  const folded = shown.map(fold);
  return wordsOf(asked).every((word) => folded.some((text) => text.includes(word)));
}

/** How a row answers: as typed, as the other layout would have typed it, or by what the row does not show. */
export function howFound(person: ListedPerson, asked: string): 'typed' | 'layout' | 'unseen' {
  if (isHitBy(person, asked)) return 'typed';
  return isHitBy(person, inOtherLayout(asked)) ? 'layout' : 'unseen';
}
