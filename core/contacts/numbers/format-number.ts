import { cleanText } from './clean-text.ts';
import type { NumberRules, ParsedNumber } from './number-rules.ts';
import { formatPublicNumber } from './numbering-plan.ts';
import { readNumber } from './parse-number.ts';

export function formatParsed(number: ParsedNumber): string {
  if (number.e164) return formatPublicNumber(number.e164);
  return number.number.replace(/^sips?:/, '');
}

/** As `formatNumber`, of a number that is in its normal form already. */
export function formatNormal(number: string): string {
  return number.startsWith('+') ? formatPublicNumber(number) : number.replace(/^sips?:/, '');
}

/** For people: `+7 495 123-45-67`. What is no public number comes back as it is, made safe to show. */
export function formatNumber(number: string, rules: NumberRules): string {
  const parsed = readNumber(number, rules);
  return parsed ? formatParsed(parsed) : cleanText(number).slice(0, 128);
}
