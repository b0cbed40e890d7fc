import type { DialPreview } from '#contract/ipc/index.ts';
import { formatParsed } from './format-number.ts';
import type { NumberKind, NumberRules, ParsedNumber } from './number-rules.ts';
import { dialledInside } from './numbering-plan.ts';
import { parseNumber } from './parse-number.ts';

export interface DialPlan extends DialPreview {
  /** For `SipUserAgent.invite`: the user part, or a whole `sip:` URI. Same as `address`. */
  target: string;
  kind: NumberKind;
  e164: string | null;
}

function outside(number: ParsedNumber, rules: NumberRules): { address: string; applied: string[] } {
  const e164 = number.e164 ?? number.number;
  const format = rules.dialFormat === 'national' ? dialledInside(e164, rules.country) : e164;
  const applied = rules.dialFormat === 'national' ? ['national-format'] : [];
  // Behind a way out there are digits only.
  if (rules.dialOutPrefix !== '')
    return { address: rules.dialOutPrefix + format.replace(/^\+/, ''), applied: [...applied, 'dial-out'] };
  return { address: rules.dialFormat === 'digits' ? format.replace(/^\+/, '') : format, applied };
}

/**
 * What a text would dial. Emergency numbers are recognised before any rule and go out unaltered, as do the PBX's own
 * numbers, service codes and what no numbering plan explains. Throws `number.empty` or `number.unreadable`.
 */
export function dialPlan(text: string, rules: NumberRules): DialPlan {
  const number = parseNumber(text, rules);
  const { address, applied } =
    number.kind === 'public' ? outside(number, rules) : { address: number.number, applied: [] };
  return {
    address,
    target: address,
    extension: number.extension,
    display: formatParsed(number),
    emergency: number.kind === 'emergency',
    rules: [...number.rules, ...applied],
    kind: number.kind,
    e164: number.e164,
  };
}
