import type { DialPreview } from '#contract/ipc/index.ts';
import type { NumberKind, NumberRules } from './number-rules.ts';

export interface DialPlan extends DialPreview {
  /** For `SipUserAgent.invite`: the user part, or a whole `sip:` URI. Same as `address`. */
  target: string;
  kind: NumberKind;
  e164: string | null;
}

/**
 * What a text would dial. Emergency numbers are recognised before any rule and go out unaltered.
 * Throws `number.empty` or `number.unreadable`.
 */
export function dialPlan(_text: string, _rules: NumberRules): DialPlan {
  throw new Error('not written yet');
}
