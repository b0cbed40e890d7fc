import { readNumber } from '#core/contacts/numbers/parse-number.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import type { TableRow } from '../table.ts';

/** What the cells of a column look like: shares of those that are filled, 0–1. */
export interface ColumnContent {
  filled: number;
  numbers: number;
  emails: number;
  links: number;
  /** Words without digits, as names have them. */
  words: number;
  /** Texts that name a legal form. */
  firms: number;
  /** Counts on with the rows. */
  running: boolean;
  /** No two are the same. */
  unique: boolean;
}

/** For telling a number from other digits; how an entry's numbers are read is the office's matter, and comes later. */
const rules: NumberRules = {
  country: 'RU',
  areaCode: '495',
  dialOutPrefix: '',
  dialFormat: 'national',
  internalMaxDigits: 4,
};

const email = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+/;
const link = /^(?:https?:\/\/|www\.)\S+$|^[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:ru|рф|com|net|org|su)(?:\/\S*)?$/iu;
const wordsOnly = /^\p{Lu}[\p{L}'’-]*\.?(?: [\p{L}'’.-]+){0,3}$/u;
const legalForm = /(?<!\p{L})(?:ООО|ОАО|ЗАО|ПАО|АО|НКО|ИП|ГУП|МУП|ФГУП|ГБУ|МБУ|LLC|Ltd|Inc|GmbH)(?!\p{L})/iu;

/** Whether a cell holds something to call, alone or with words around it. */
export function looksLikeNumber(text: string): boolean {
  if (text.length > 200 || text.includes('@')) return false;
  const digits = text.replace(/\D/g, '').length;
  if (digits < 7) return false;
  const number = readNumber(text, rules);
  return number !== null && ((number.kind === 'public' && number.valid) || (digits >= 8 && /^\s*\+/.test(text)));
}

export const looksLikeEmail = (text: string) => email.test(text);

function isRunning(texts: readonly string[]): boolean {
  return texts.length > 1 && texts.every((text, index) => Number(text) === Number(texts[0]) + index);
}

/** @param index of the column among the cells */
export function columnContent(rows: readonly TableRow[], index: number): ColumnContent {
  const texts = rows.map(({ cells }) => (cells[index] ?? '').trim()).filter((text) => text !== '');
  const share = (fits: (text: string) => boolean) => texts.filter(fits).length / Math.max(1, texts.length);
  return {
    filled: texts.length,
    numbers: share(looksLikeNumber),
    emails: share(looksLikeEmail),
    links: share((text) => link.test(text)),
    words: share((text) => wordsOnly.test(text)),
    firms: share((text) => legalForm.test(text)),
    running: isRunning(texts),
    unique: new Set(texts).size === texts.length,
  };
}
