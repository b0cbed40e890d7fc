import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/core';
// `min` holds no fixed-line ranges and `mobile` calls them invalid; `max` costs 0.2 MB more than either.
import metadata from 'libphonenumber-js/metadata.max.json';
import { showByFormat } from './known-formats.ts';
import { findKnown, knownRanges } from './known-ranges.ts';

export interface PublicNumber {
  e164: string;
  /** Without country code and trunk prefix. */
  national: string;
  callingCode: string;
  country: string | null;
  valid: boolean;
}

function supported(country: string): CountryCode | undefined {
  return isSupportedCountry(country as CountryCode, metadata) ? (country as CountryCode) : undefined;
}

function parse(digits: string, country: string): PhoneNumber | undefined {
  return parsePhoneNumberFromString(digits, { defaultCountry: supported(country), extract: false }, metadata);
}

/** Of the country whose calling code a whole number begins with, where that is told by its first digit. */
const shortCodes: Readonly<Record<string, CountryCode>> = { 1: 'US', 7: 'RU' };

function fromKnownRanges(digits: string, country: string): PublicNumber | null | undefined {
  const code = digits.startsWith('+') ? shortCodes[digits.charAt(1)] : supported(country);
  const known = code && knownRanges(code);
  return known ? findKnown(digits, known) : undefined;
}

/**
 * Null when no plan has numbers of this length.
 * @param digits digits, with a leading `+` where the country code is in them
 */
export function findPublicNumber(digits: string, country: string): PublicNumber | null {
  const known = fromKnownRanges(digits, country);
  return known === undefined ? findInPlans(digits, country) : known;
}

/** As `findPublicNumber`, by the library alone. */
export function findInPlans(digits: string, country: string): PublicNumber | null {
  const number = parse(digits, country);
  if (!number?.isPossible()) return null;
  return {
    e164: number.number,
    national: number.nationalNumber,
    callingCode: number.countryCallingCode,
    country: number.country ?? null,
    valid: number.isValid(),
  };
}

/** A number that a person carries about. */
export function isMobile(e164: string): boolean {
  return parse(e164, '')?.getType() === 'MOBILE';
}

/** A number of a town. */
export function isFixedLine(e164: string): boolean {
  return parse(e164, '')?.getType() === 'FIXED_LINE';
}

/** A number whose owner earns by being called. */
export function isPremiumRate(e164: string): boolean {
  return parse(e164, '')?.getType() === 'PREMIUM_RATE';
}

export function callingCodeOf(country: string): string | null {
  const known = supported(country);
  return known ? getCountryCallingCode(known, metadata) : null;
}

/** As dialled on a fixed line of the country: 8495… or 81044… in Russia, 030… or 0044… in Germany. */
export function dialledInside(e164: string, country: string): string {
  const number = parse(e164, country);
  const fromCountry = supported(country);
  if (!number) return e164;
  const inside = number.countryCallingCode === callingCodeOf(country);
  if (!fromCountry && !inside) return e164;
  const text = inside ? number.formatNational() : number.format('IDD', { fromCountry: fromCountry! });
  return text ? text.replace(/\D/g, '') : e164;
}

/** The trunk prefix of a country where it is plain digits, e.g. 8 in Russia; null where only the library knows. */
export function trunkPrefixOf(country: string): string | null {
  const known = supported(country);
  return (known && knownRanges(known)?.trunkPrefix) ?? null;
}

/** `+7 495 123-45-67`: the international grouping, with the hyphens that the country itself writes. */
export function formatPublicNumber(e164: string): string {
  const known = fromKnownRanges(e164, '');
  return known?.country ? showByFormat({ ...known, country: known.country }, formatByPlans) : formatByPlans(e164);
}

/** As `formatPublicNumber`, by the library alone. */
export function formatByPlans(e164: string): string {
  const number = parse(e164, '');
  if (!number) return e164;
  const national = number.formatNational();
  const characters = [...number.formatInternational()];
  let there = national.length - 1;
  for (let here = characters.length - 1; here >= 0 && there >= 0; here -= 1) {
    if (!/\d/.test(characters[here]!)) {
      if (national[there] === '-') characters[here] = '-';
      continue;
    }
    while (there >= 0 && !/\d/.test(national[there]!)) there -= 1;
    there -= 1;
  }
  return characters.join('');
}
