import { Metadata } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max.json';

/** What the library's own formatter asks of a country, which its types leave out. */
interface FormatReader {
  selectNumberingPlan(country: string): void;
  formats(): readonly { pattern(): string; leadingDigitsPatterns(): readonly string[] }[];
}

interface KnownFormat {
  leading: RegExp | null;
  whole: RegExp;
  /** A number shown so, with `0` for each digit; null until the first was shown. */
  shape: string | null;
}

const loaded = new Map<string, KnownFormat[]>();

function formatsOf(country: string): KnownFormat[] {
  const known = loaded.get(country);
  if (known) return known;
  const plan = new Metadata(metadata) as unknown as FormatReader;
  plan.selectNumberingPlan(country);
  const formats = plan.formats().map((format) => {
    const leading = format.leadingDigitsPatterns().at(-1);
    return {
      leading: leading ? new RegExp(`^(?:${leading})`) : null,
      whole: new RegExp(`^(?:${format.pattern()})$`),
      shape: null,
    };
  });
  loaded.set(country, formats);
  return formats;
}

function fill(shape: string, digits: string): string {
  let next = 0;
  let text = '';
  for (const character of shape) text += character === '0' ? digits[next++]! : character;
  return text;
}

/**
 * Shows a number as `show` does, which is asked once for each of the country's formats: where the signs stand follows
 * from the format alone.
 */
export function showByFormat(
  number: { e164: string; national: string; country: string },
  show: (e164: string) => string,
): string {
  const format = formatsOf(number.country).find(
    ({ leading, whole }) => (leading?.test(number.national) ?? true) && whole.test(number.national),
  );
  if (!format) return show(number.e164);
  format.shape ??= show(number.e164).replace(/\d/g, '0');
  return fill(format.shape, number.e164.slice(1));
}
