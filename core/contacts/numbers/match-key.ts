import type { NumberRules } from './number-rules.ts';

/** One normal form for comparing. Equal keys are the same subscriber with the confidence that both sides carry. */
export interface MatchKey {
  /** E.164 with `+`, a SIP address in lower case, or bare digits for short numbers. */
  key: string;
  /**
   * `certain`: valid public number or SIP address; `local`: holds within this PBX or was completed by the office's
   * country and area code; `weak`: digits that no numbering plan explains.
   */
  confidence: 'certain' | 'local' | 'weak';
}

/** Null when the text holds no number. The extension does not count: it is behind the same number. */
export function matchKey(_number: string, _rules: NumberRules): MatchKey | null {
  throw new Error('not written yet');
}
