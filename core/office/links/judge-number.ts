import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { DialWarning } from '#contract/ipc/index.ts';
import type { Settings } from '#contract/settings.ts';
import { callingCodeOf, isPremiumRate, readNumber, type ParsedNumber } from '#core/contacts/index.ts';
import { tollRanges, waysAbroad } from './toll-ranges.ts';

export type TollRules = Pick<Settings, 'premiumDialling' | 'internationalDialling' | 'usualCountries'>;

export interface NumberJudge {
  settings: Settings;
  /** Whether a country was called before. */
  isUsual(country: string): boolean;
}

/** Digits that some exchange or operator takes for something of its own. */
const mostDigitsOfShortCode = 6;

/** With its country's code, as far as it can be told, where a plan does not explain it: 810 881 … is +881 …. */
function asAbroad(number: string, { dialOutPrefix }: Settings): string | null {
  if (number.startsWith('+')) return number;
  const bare = dialOutPrefix !== '' && number.startsWith(dialOutPrefix) ? number.slice(dialOutPrefix.length) : number;
  for (const form of [number, bare]) {
    const way = waysAbroad.find((abroad) => abroad.test(form));
    if (way && form.length > 8) return form.replace(way, '+');
  }
  return null;
}

function isAbroad(whole: string, country: string | null, { country: own, usualCountries }: Settings): boolean {
  const near = [own, ...usualCountries.split(' ').filter((code) => code !== '')];
  if (country !== null) return !near.includes(country);
  return !near.map(callingCodeOf).some((code) => code !== null && whole.startsWith(`+${code}`));
}

function judgePublic(whole: string, country: string | null, { settings, isUsual }: NumberJudge): DialWarning[] {
  const ranges = tollRanges.filter(({ form }) => form.test(whole)).map(({ is }) => is);
  const warnings: DialWarning[] = [];
  if (ranges.includes('premium') || isPremiumRate(whole)) warnings.push('premium');
  const abroad = ranges.includes('international') || isAbroad(whole, country, settings);
  if (abroad) warnings.push('international');
  if (ranges.includes('satellite')) warnings.push('satellite');
  if (abroad && !isUsual(countryKey(whole, country))) warnings.push('unusual');
  return warnings;
}

/** What a country is remembered by: its code, or the first digits where several share them. */
export function countryKey(whole: string, country: string | null): string {
  return country ?? whole.slice(0, 4);
}

function judgeAddress(number: ParsedNumber, judge: NumberJudge): DialWarning[] {
  const [user = ''] = number.number.replace(/^sips?:/, '').split('@', 1);
  const within = readNumber(user, judge.settings);
  return within && within.kind !== 'emergency' ? judgeNumber(within, judge) : [];
}

/** What there is to think about before a number is dialled that somebody else chose. Of emergency numbers nothing. */
export function judgeNumber(number: ParsedNumber, judge: NumberJudge): DialWarning[] {
  if (number.kind === 'emergency' || number.kind === 'internal') return [];
  if (number.kind === 'service') return ['feature-code'];
  if (number.kind === 'sip-address') return judgeAddress(number, judge);
  const whole = number.e164 ?? asAbroad(number.number, judge.settings);
  if (whole !== null) return judgePublic(whole, number.country, judge);
  return number.number.length <= mostDigitsOfShortCode ? ['short-code'] : [];
}

/** Why a number is not dialled for another program at all; null where it may be. */
export function refusalOf(warnings: readonly DialWarning[], display: string, rules: TollRules): ErrorReport | null {
  const is = (...some: DialWarning[]) => some.some((warning) => warnings.includes(warning));
  const refuse = (code: 'dial.refused-premium' | 'dial.refused-international') =>
    toReport(new OffhookError(code, { values: { number: display } }));
  if (rules.premiumDialling === 'refuse' && is('premium', 'satellite')) return refuse('dial.refused-premium');
  if (rules.internationalDialling === 'refuse' && is('international', 'satellite'))
    return refuse('dial.refused-international');
  return null;
}

/** Whether the user has to say yes, whoever asks. */
export function holdsUp(warnings: readonly DialWarning[], rules: TollRules): boolean {
  return warnings.some((warning) => {
    switch (warning) {
      case 'premium':
      case 'short-code':
        return rules.premiumDialling !== 'allow';
      case 'international':
        return rules.internationalDialling !== 'allow';
      case 'satellite':
        return rules.premiumDialling !== 'allow' || rules.internationalDialling !== 'allow';
      case 'feature-code':
        return true;
      case 'unusual':
        return false;
    }
  });
}
