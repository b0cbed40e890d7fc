import type { OperationResult } from '#contract/local-api/index.ts';
import { findInAnyText, formatParsed, type NumberRules } from '#core/contacts/index.ts';

type PlacedNumber = OperationResult<'numbers.find'>['numbers'][number];

/** What stands between the digits of one number. */
const between = /[\s().\-/+\u00a0\u2010-\u2015]/;
/** Digits at the end by which a number is found again, whichever way its beginning was written. */
const telling = 7;

/** Characters that are looked at in one turn of the loop. */
const longestPiece = 1000;

/** The numbers in a text, each with where it stands. One that cannot be found again in the text is left out. */
export async function placeNumbers(text: string, rules: NumberRules): Promise<PlacedNumber[]> {
  const placed: PlacedNumber[] = [];
  for (const { at, piece } of piecesOf(text)) {
    placed.push(...placeInPiece(piece, rules).map((number) => ({ ...number, at: at + number.at })));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return placed;
}

/** Cut at the ends of lines or, in longer ones, between words. */
function* piecesOf(text: string): Generator<{ at: number; piece: string }> {
  for (let at = 0; at < text.length;) {
    const whole = text.slice(at, at + longestPiece);
    const isLast = at + whole.length >= text.length;
    const end = isLast ? whole.length : Math.max(whole.lastIndexOf('\n'), 0) || whole.lastIndexOf(' ');
    const piece = end > 0 ? whole.slice(0, end) : whole;
    yield { at, piece };
    at += piece.length;
  }
}

function placeInPiece(text: string, rules: NumberRules): PlacedNumber[] {
  const placed: PlacedNumber[] = [];
  let from = 0;
  for (const number of findInAnyText(text, rules)) {
    const find = number.kind === 'sip-address' ? placeOfText : placeOfDigits;
    const place = find(text, number.number, from);
    if (!place) continue;
    const dial = number.number + (number.extension === null ? '' : `,${number.extension}`);
    const written = text.slice(place.at, place.at + place.length);
    placed.push({ ...place, text: written, dial, display: formatParsed(number) });
    from = place.at + place.length;
  }
  return placed;
}

function placeOfText(text: string, number: string, from: number): { at: number; length: number } | null {
  const bare = number.replace(/^sips?:/i, '');
  const at = text.toLowerCase().indexOf(bare.toLowerCase(), from);
  return at < 0 ? null : { at, length: bare.length };
}

/** A run of digits, with what people put between them, that ends as the number does. */
function placeOfDigits(text: string, number: string, from: number): { at: number; length: number } | null {
  const wanted = number.replace(/[^\d*#]/g, '');
  for (let end = from; end < text.length; end += 1) {
    if (!isDialled(text[end]) || isDialled(text[end + 1])) continue;
    const at = beginning(text, end, from, wanted);
    if (at !== null) return { at, length: end + 1 - at };
  }
  return null;
}

/** Reads backwards from the last digit; null where it is another number that ends there. */
function beginning(text: string, end: number, from: number, wanted: string): number | null {
  let matched = 0;
  let at = end;
  let place = end;
  for (; place >= from && matched < wanted.length; place -= 1) {
    const character = text[place];
    if (isDialled(character)) {
      if (character !== wanted[wanted.length - 1 - matched]) break;
      matched += 1;
      at = place;
    } else if (character === undefined || !between.test(character)) break;
  }
  if (matched < Math.min(telling, wanted.length)) return null;
  // A trunk prefix in the place of the country: «8 (495) …».
  if (matched < wanted.length && isDigit(text[place]) && !isDigit(text[place - 1])) at = place;
  while (at > from && /[+(]/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /\d/.test(character);
}

function isDialled(character: string | undefined): boolean {
  return character !== undefined && /[\d*#]/.test(character);
}
