import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/min';

/** A number in a text. `start` and `end` are UTF-16 offsets. */
export interface FoundNumber {
  start: number;
  end: number;
  /** As it stands in the text: Offhook reads it by the rules of the office. */
  written: string;
}

const mostPerText = 200;
const longestText = 20_000;
/** Figures with what people put between them; seven or more in all. */
const candidate = /[+＋(]{0,2}\d(?:[\s\u00a0().\-‐-―/]{0,3}\d){6,17}/g;
/** What an extension is called; without a word before them, more figures are another number. */
const extension = /^[\s\u00a0,;(]{0,3}(?:доб|внутр|вн|ext|x)\p{L}{0,8}[.:\s\u00a0№#]{0,3}\d{1,6}(?!\d)/iu;
const otherFigure =
  /(?:ИНН|КПП|ОГРН(?:ИП)?|ОКПО|БИК|СНИЛС|р\/с|к\/с|сч[её]т|договор|заказ|артикул|арт\.|ISBN|IBAN|VAT|order|invoice|ID|№|#)[\s.:№#]{0,4}$/iu;
const unit = /^\s?(?:руб|₽|р\.|\$|€|%|кг|шт|тыс|млн|мм|км|USD|EUR)/iu;
const inWord = /[\p{L}\p{N}_@=&]$/u;

/** Bare figures are a number only with the prefix that the country dials before it: all else may be anything. */
function isWrittenAsNumber(written: string, nationalNumber: string): boolean {
  if (/^[+＋]/.test(written)) return true;
  const digits = written.replace(/\D/g, '');
  return /\d[^\d]+\d/.test(written) || digits.length > nationalNumber.length;
}

/** Whether what stands around some figures says that they are no number to call. */
function isOtherFigure(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  return inWord.test(before) || otherFigure.test(before) || unit.test(text.slice(end, end + 8));
}

function inWindow(window: string, start: number, country: string): FoundNumber[] {
  return findPhoneNumbersInText(window, country as CountryCode).flatMap(({ startsAt, endsAt, number }) => {
    const written = window.slice(startsAt, endsAt);
    if (!isWrittenAsNumber(written, number.nationalNumber)) return [];
    return [{ start: start + startsAt, end: start + endsAt, written }];
  });
}

/** The same figures, and less of them: where two numbers stand side by side, the first of both. The longest first. */
function* prefixes(figures: string): Iterable<string> {
  yield figures;
  const ends = [...figures.matchAll(/\d(?!\d)/g)].map(({ index }) => index + 1).reverse();
  for (const end of ends) {
    const prefix = figures.slice(0, end);
    const digits = prefix.replace(/\D/g, '').length;
    if (end < figures.length && digits >= 10 && digits <= 13) yield prefix;
  }
}

function inFigures(text: string, figures: string, start: number, country: string): FoundNumber[] {
  for (const prefix of prefixes(figures)) {
    const end = start + prefix.length;
    const [behind = ''] = extension.exec(text.slice(end, end + 32)) ?? [];
    const numbers = inWindow(prefix + behind, start, country);
    if (numbers.length > 0) return numbers;
  }
  return [];
}

/**
 * Numbers in a text as a page shows it, in its order, none within another. Looks at the first 20,000 characters, and at
 * no more than 200 places. @param country ISO 3166 code of numbers without one
 */
export function findNumbers(text: string, country: string): FoundNumber[] {
  const looked = text.slice(0, longestText);
  const found: FoundNumber[] = [];
  candidate.lastIndex = 0;
  for (let place = 0; place < mostPerText; place++) {
    const match = candidate.exec(looked);
    if (!match) break;
    const end = match.index + match[0].length;
    if (isOtherFigure(looked, match.index, end)) continue;
    const numbers = inFigures(looked, match[0], match.index, country);
    found.push(...numbers);
    // Figures that were left over may be the beginning of the next number.
    candidate.lastIndex = Math.max(numbers.at(-1)?.end ?? end, match.index + 1);
  }
  return found.slice(0, mostPerText);
}
