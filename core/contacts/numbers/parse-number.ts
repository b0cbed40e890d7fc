import type { NumberRules, ParsedNumber } from './number-rules.ts';

/**
 * Reads a number in any written form. Throws `number.empty` or `number.unreadable`. Bounded: looks at the first 512
 * characters only.
 */
export function parseNumber(_text: string, _rules: NumberRules): ParsedNumber {
  throw new Error('not written yet');
}

/** As `parseNumber`, with null for what is no number. */
export function readNumber(_text: string, _rules: NumberRules): ParsedNumber | null {
  throw new Error('not written yet');
}
