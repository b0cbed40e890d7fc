import type { NumberRules } from './number-rules.ts';

/** For people: `+7 495 123-45-67`. What is no public number comes back as it is, made safe to show. */
export function formatNumber(_number: string, _rules: NumberRules): string {
  throw new Error('not written yet');
}
