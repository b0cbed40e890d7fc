import type { SourceEntry } from '../source-entry.ts';
import { listOf, partsOf, textOf, type CardProperty } from './card-property.ts';

/** `address`, `birthday` and `categories`: the window says them in its language. */
export function readFields(properties: readonly CardProperty[]): SourceEntry['fields'] {
  const of = (name: string) => properties.filter((property) => property.name === name);
  const addresses = of('ADR').map((property) => ({ name: 'address', value: addressOf(partsOf(property)) }));
  const birthdays = of('BDAY')
    .slice(0, 1)
    .map((property) => ({ name: 'birthday', value: dayOf(property) }));
  const categories = { name: 'categories', value: of('CATEGORIES').flatMap(listOf).join(', ') };
  return [...addresses, ...birthdays, categories].filter(({ value }) => value !== '');
}

/** As it is written in Russia: from the country down to the house; the postal code first. */
function addressOf(parts: readonly string[]): string {
  const [box = '', more = '', street = '', town = '', region = '', code = '', country = ''] = parts;
  const lines = [code, country, region, town, street, more, box];
  return lines
    .map((part) => part.replace(/\s*\n\s*/g, ', '))
    .filter(Boolean)
    .join(', ');
}

/** `1980-01-31`, or `01-31` without a year; what is no date as it is written. */
function dayOf(property: CardProperty): string {
  const text = textOf(property);
  const date = /^(\d{4}|-)-?(\d\d)-?(\d\d)(?:[T ]|$)/.exec(text);
  if (!date) return text;
  const [, year = '', month = '', day = ''] = date;
  // Apple writes a year that is not known as one that it names.
  const known = year !== '-' && property.parameters.get('X-APPLE-OMIT-YEAR')?.[0] !== year;
  return known ? `${year}-${month}-${day}` : `${month}-${day}`;
}
