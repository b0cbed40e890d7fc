import type { NumberRules } from './number-rules.ts';

/** An office in Moscow with extensions of up to four digits, as most tests know it. */
export const office: NumberRules = {
  country: 'RU',
  areaCode: '495',
  dialOutPrefix: '',
  dialFormat: 'e164',
  internalMaxDigits: 4,
};
