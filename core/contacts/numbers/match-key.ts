import type { NumberRules, ParsedNumber } from './number-rules.ts';
import { readNumber } from './parse-number.ts';

/** One normal form for comparing. Equal keys are the same subscriber with the confidence of the weaker side. */
export interface MatchKey {
  /** E.164 with `+`, a SIP address in lower case, or bare digits for short numbers. */
  key: string;
  /**
   * `certain`: a whole public number that the numbering plan knows, or a SIP address; `local`: holds within this
   * office only (the PBX's own numbers, or completed by the office's area code); `weak`: digits that no numbering plan
   * explains.
   */
  confidence: 'certain' | 'local' | 'weak';
}

function confidence(number: ParsedNumber): MatchKey['confidence'] {
  if (number.kind === 'unknown' || !number.valid) return 'weak';
  if (number.kind === 'sip-address') return 'certain';
  return number.kind === 'public' && !number.rules.includes('area-code') ? 'certain' : 'local';
}

export function matchKeyOf(number: ParsedNumber): MatchKey {
  return { key: number.number.toLowerCase(), confidence: confidence(number) };
}

/** Null when the text holds no number. The extension does not count: it is behind the same number. */
export function matchKey(text: string, rules: NumberRules): MatchKey | null {
  const number = readNumber(text, rules);
  return number && matchKeyOf(number);
}
