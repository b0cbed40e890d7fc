import { readUsualText } from '#core/contacts/numbers/usual-text.ts';
import { labelOf } from '../headings/heading-words.ts';

export interface WrittenNumber {
  text: string;
  label: string;
}

const separators = /\s*(?:[;,\n|]|\/(?!\/))\s*/;
const shortNumber = /^\d{2,4}$/;
/** Begins with what belongs to the number before it. */
const extensionWord = /^(?:доб|вн|ext|доп|x|х|#|\*)/iu;
const fewestDigits = 5;

const digitCount = (text: string) => text.replace(/\D/g, '').length;

/** A piece that is a number by itself, and not an extension, two last digits or words. */
function standsAlone(piece: string): boolean {
  return digitCount(piece) >= fewestDigits && !extensionWord.test(piece);
}

/** Pieces together again with what was between them, where one is not a number by itself. */
function pieces(text: string): string[] {
  const parts = text.split(separators).filter((part) => part !== '');
  if (parts.length > 1 && parts.every((part) => shortNumber.test(part))) return parts;
  const kept: string[] = [];
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    const before = kept.at(-1);
    const joins = before !== undefined && (!standsAlone(part) || digitCount(before) < fewestDigits);
    if (joins) kept[kept.length - 1] = before + text.slice(from, at + part.length);
    else kept.push(part);
    from = at + part.length;
  }
  return kept;
}

/**
 * The numbers of a cell, each with its own extension and the words around it. Only parted where it is safe: what is left
 * together is parted by whoever reads the numbers.
 * @param label of the column; what stands before a number says more
 */
export function splitNumbers(cell: string, label: string): WrittenNumber[] {
  const text = cell.trim();
  if (text === '') return [];
  if (readUsualText(text)) return [{ text, label }];
  return pieces(text).map((piece) => {
    const words = /^[^\d+]*/.exec(piece)?.[0] ?? '';
    return { text: piece, label: (/\p{L}/u.test(words) ? labelOf(words) : '') || label };
  });
}
