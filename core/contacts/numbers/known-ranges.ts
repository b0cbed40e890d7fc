import { Metadata, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max.json';
import type { PublicNumber } from './numbering-plan.ts';

/** What the library's own reader asks of a country, which its types leave out. */
interface PlanReader {
  selectNumberingPlan(country: string): void;
  countryCallingCode(): string;
  IDDPrefix(): string;
  nationalNumberPattern(): string;
  possibleLengths(): number[];
  nationalPrefixForParsing(): string | undefined;
  nationalPrefixTransformRule(): string | undefined;
  leadingDigits(): string | undefined;
  hasTypes(): boolean;
  type(name: string): { pattern(): string; possibleLengths(): number[] | undefined } | undefined;
}

interface Ranges {
  country: string;
  whole: RegExp;
  leading: RegExp | null;
  types: readonly { whole: RegExp; lengths: readonly number[] | null }[];
  lengths: readonly number[];
}

/** What is known of a country's numbers of the usual length. */
export interface KnownRanges {
  callingCode: string;
  /** Digits of a whole number without country code and trunk prefix. */
  length: number;
  trunkPrefix: string;
  abroad: RegExp;
  own: Ranges;
  /** Of all the countries with the calling code, in the order in which they are asked. */
  sharing: readonly Ranges[];
}

const types = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

function readPlan(country: string): PlanReader {
  const plan = new Metadata(metadata) as unknown as PlanReader;
  plan.selectNumberingPlan(country);
  return plan;
}

function rangesOf(country: string): Ranges {
  const plan = readPlan(country);
  const leading = plan.leadingDigits();
  return {
    country,
    whole: whole(plan.nationalNumberPattern()),
    leading: leading ? new RegExp(`^(?:${leading})`) : null,
    lengths: plan.possibleLengths(),
    types: types.flatMap((name) => {
      const type = plan.type(name);
      return type?.pattern() ? [{ whole: whole(type.pattern()), lengths: type.possibleLengths() ?? null }] : [];
    }),
  };
}

function load(country: string): KnownRanges | null {
  const plan = readPlan(country);
  const callingCode = plan.countryCallingCode();
  const countries = metadata.country_calling_codes[
    callingCode as keyof typeof metadata.country_calling_codes
  ] as CountryCode[];
  const [length = 0, next] = plan.possibleLengths();
  const trunkPrefix = plan.nationalPrefixForParsing() ?? '';
  // Numbers of several lengths, or trunk prefixes that are more than digits, are left to the library.
  const usual = length > 0 && (next === undefined || next > length + 2);
  if (!usual || !/^\d+$/.test(trunkPrefix) || plan.nationalPrefixTransformRule()) return null;
  const sharing = countries.map((one) => rangesOf(one));
  if (sharing.some(({ lengths }) => Math.min(...lengths) < length)) return null;
  return {
    callingCode,
    length,
    trunkPrefix,
    abroad: new RegExp(`^(?:${plan.IDDPrefix()})`),
    own: rangesOf(country),
    sharing,
  };
}

const loaded = new Map<string, KnownRanges | null>();

/** Read from the library's metadata once; null for a country whose numbers are not as simple as that. */
export function knownRanges(country: CountryCode): KnownRanges | null {
  let ranges = loaded.get(country);
  if (ranges === undefined) loaded.set(country, (ranges = load(country)));
  return ranges;
}

function isOfType(national: string, { whole: any, types: all }: Ranges): boolean {
  return (
    any.test(national) &&
    all.some((type) => (type.lengths?.includes(national.length) ?? true) && type.whole.test(national))
  );
}

/**
 * What the library would give for a valid number of the country, in the common ways of writing it, at a tenth of the
 * time; null for what is too short to be one. Undefined where only the library knows.
 */
export function findKnown(digits: string, known: KnownRanges): PublicNumber | null | undefined {
  const { callingCode, length, trunkPrefix, own, sharing } = known;
  const isWhole = digits.charCodeAt(0) === 0x2b;
  if (!isWhole && known.abroad.test(digits)) return undefined;
  if (!isWhole && digits.length < length) return null;
  const before = digits.slice(0, -length);
  const fits = isWhole
    ? before === `+${callingCode}`
    : before === '' || before === trunkPrefix || before === callingCode;
  const national = digits.slice(-length);
  if (!fits || !own.whole.test(national)) return undefined;
  const ranges = sharing.find((one) => (one.leading ? one.leading.test(national) : isOfType(national, one)));
  if (!ranges || !isOfType(national, ranges)) return undefined;
  return { e164: `+${callingCode}${national}`, national, callingCode, country: ranges.country, valid: true };
}
