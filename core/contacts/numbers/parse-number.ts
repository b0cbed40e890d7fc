import { OffhookError } from '#contract/errors.ts';
import { cleanText } from './clean-text.ts';
import { isEmergency } from './emergency-numbers.ts';
import { findDigits } from './find-digits.ts';
import { callingCodeOf } from './numbering-plan.ts';
import type { NumberKind, NumberRules, ParsedNumber } from './number-rules.ts';
import { readPublic } from './read-public.ts';
import { readUri } from './read-uri.ts';
import { splitExtension } from './split-extension.ts';
import { readUsualText } from './usual-text.ts';

// A date or an address of the network, unless a numbering plan knows better.
const somethingElse = /^(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)$/;

/** `+8 (495) …` is written for `8 (495) …` where 8 is the trunk prefix: there is no country code 8. */
function mendPlusEight(text: string, rules: NumberRules): string {
  return callingCodeOf(rules.country) === '7' ? text.replace(/^\+\s*8(?=[\s(-])/, '8') : text;
}

const plain = (kind: NumberKind, number: string, extension: string | null): ParsedNumber => {
  return { kind, number, e164: null, extension, country: null, valid: kind !== 'unknown', rules: [] };
};

function classify(digits: string, extension: string | null, rules: NumberRules): ParsedNumber | null {
  // A mobile phone takes +112 too.
  const bare = digits.replace(/^\+/, '');
  if (isEmergency(bare, rules.country)) return plain('emergency', bare, null);
  if (/[*#]/.test(digits)) return plain('service', digits, extension);
  if (!digits.startsWith('+') && digits.length <= rules.internalMaxDigits) return plain('internal', digits, extension);
  const found = readPublic(digits, rules);
  if (found) {
    const { e164, country, valid } = found.number;
    return { kind: 'public', number: e164, e164, extension, country, valid, rules: found.rules };
  }
  // Longer than E.164 allows, twice as far as providers' own numbers go.
  return digits.length <= 20 ? plain('unknown', digits, extension) : null;
}

/** As `parseNumber`, with null for what is no number. */
export function readNumber(text: string, rules: NumberRules): ParsedNumber | null {
  const usual = readUsualText(text);
  return usual ? classify(usual.digits, usual.extension, rules) : readAnyText(text, rules);
}

/** As `readNumber`, for a text of any form. */
export function readAnyText(text: string, rules: NumberRules): ParsedNumber | null {
  const clean = cleanText(text);
  const uri = readUri(clean);
  if (uri?.kind === 'sip-address') return plain('sip-address', uri.uri, null);
  if (!uri && clean.includes('@')) return null;
  const { main, extension } = splitExtension(uri ? uri.text : clean);
  const digits = findDigits(mendPlusEight(main.trim(), rules));
  const number = digits === null ? null : classify(digits, uri?.extension ?? extension, rules);
  return number?.kind === 'unknown' && somethingElse.test(main.trim()) ? null : number;
}

/**
 * Reads a number in any written form. Throws `number.empty` or `number.unreadable`. Bounded: looks at the first 512
 * characters only.
 */
export function parseNumber(text: string, rules: NumberRules): ParsedNumber {
  const number = readNumber(text, rules);
  if (number) return number;
  throw new OffhookError(cleanText(text) === '' ? 'number.empty' : 'number.unreadable');
}

/** Whether it is one of the PBX's own short numbers. */
export function isInternalNumber(text: string, rules: NumberRules): boolean {
  return readNumber(text, rules)?.kind === 'internal';
}
