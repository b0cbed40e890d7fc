import { callingCodeOf, dialledInside, findPublicNumber, trunkPrefixOf, type PublicNumber } from './numbering-plan.ts';
import type { NumberRules } from './number-rules.ts';

export interface ReadPublic {
  number: PublicNumber;
  rules: string[];
}

function nationalRule(digits: string, number: PublicNumber): string[] {
  if (digits === number.national) return ['country'];
  if (digits === number.callingCode + number.national) return ['country-code'];
  return [digits.endsWith(number.national) && digits.length < 12 ? 'trunk-prefix' : 'international-prefix'];
}

function valid(digits: string, country: string): PublicNumber | null {
  const number = findPublicNumber(digits, country);
  return number?.valid ? number : null;
}

/** No local number begins so: it is a national number of which a part is missing. */
function startsWithTrunkPrefix(digits: string, number: PublicNumber, country: string): boolean {
  const known = trunkPrefixOf(country);
  if (known !== null && !digits.startsWith(known)) return false;
  const dialled = dialledInside(number.e164, country);
  const prefix = dialled.endsWith(number.national) ? dialled.slice(0, -number.national.length) : '';
  return prefix !== '' && digits.startsWith(prefix);
}

type Reading = (digits: string, rules: NumberRules) => ReadPublic | null;

function withRules(number: PublicNumber | null, rules: string[]): ReadPublic | null {
  return number && { number, rules };
}

/** Ways to read digits without a plus; the first that the numbering plan knows wins. */
const readings: readonly Reading[] = [
  (digits, { country }) => {
    const number = valid(digits, country);
    return number && { number, rules: nationalRule(digits, number) };
  },
  (digits, { country, areaCode }) => {
    const number = areaCode === '' ? null : valid(areaCode + digits, country);
    if (!number || startsWithTrunkPrefix(digits, number, country)) return null;
    return { number, rules: ['area-code', 'country'] };
  },
  // The office's own way out, typed by habit.
  (digits, rules) => {
    const { dialOutPrefix } = rules;
    if (dialOutPrefix === '' || !digits.startsWith(dialOutPrefix)) return null;
    const rest = digits.slice(dialOutPrefix.length);
    const number = rest.length >= 7 ? valid(rest, rules.country) : null;
    return number && { number, rules: ['dial-out-typed', ...nationalRule(rest, number)] };
  },
  // 00 is understood even where the country dials abroad otherwise, as it stands in most people's address books.
  (digits) => (/^00\d{8}/.test(digits) ? withRules(valid(`+${digits.slice(2)}`, ''), ['international-prefix']) : null),
  // A whole number that lost its plus, as many exchanges deliver it. What has the length of a national number is none:
  // 8 490 … from Russia must not become +84 90 …, Vietnam.
  (digits, { country }) => {
    if (digits.length < 11 || digits.length > 15 || findPublicNumber(digits, country)) return null;
    return withRules(valid(`+${digits}`, ''), ['country-code']);
  },
];

/** `+8916…` is written for `8916…` in Russia: no country has such a number, or else it is taken as it stands. */
function afterPlus(digits: string, rules: NumberRules): ReadPublic | null {
  const number = findPublicNumber(digits, '');
  if (number?.valid) return { number, rules: [] };
  if (callingCodeOf(rules.country) === '7' && /^\+8\d{10}$/.test(digits)) {
    const meant = valid(digits.slice(1), rules.country);
    if (meant) return { number: meant, rules: ['trunk-prefix'] };
  }
  // Newer ranges than our table may exist: with the plus it is meant as such.
  return withRules(number, []);
}

/** Null when no numbering plan explains the digits. */
export function readPublic(digits: string, rules: NumberRules): ReadPublic | null {
  if (digits.startsWith('+')) return afterPlus(digits, rules);
  for (const reading of readings) {
    const found = reading(digits, rules);
    if (found) return found;
  }
  return null;
}
