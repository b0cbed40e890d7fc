import { decodeQuotedPrintable, decodeText } from './decode-text.ts';
import type { ContentLine } from './line-joiner.ts';
import type { PropertyHead } from './property-head.ts';

export type CardVersion = '2.1' | '3.0' | '4.0';

/** A property of a card of whichever version, decoded. */
export interface CardProperty extends Omit<PropertyHead, 'bare' | 'valueAt'> {
  /** With its escapes; `textOf` and `partsOf` undo them. */
  value: string;
  version: CardVersion;
}

/** Null for what is no property. */
export function readProperty({ head, text }: ContentLine, version: CardVersion): CardProperty | null {
  if (!head) return null;
  const { name, group, encoding } = head;
  const raw = text.slice(head.valueAt);
  const parameters = new Map(
    [...head.parameters].map(([key, values]) => [key, values.map((value) => decodeText(value, null))]),
  );
  if (encoding === 'base64') return { name, group, parameters, encoding, version, value: raw };
  const bytes = encoding === 'quoted-printable' ? decodeQuotedPrintable(raw) : raw;
  const value = decodeText(bytes, head.parameters.get('CHARSET')?.[0] ?? null).replace(/\r\n?/g, '\n');
  return { name, group, parameters, encoding, version, value };
}

/** The value as one text. */
export function textOf({ value, version, encoding }: CardProperty): string {
  return unescape(value, version, encoding).trim();
}

/** The components of `N`, `ORG` and `ADR`. A list in one of them (`Anna,Maria`) is parted by spaces. */
export function partsOf(property: CardProperty): string[] {
  const { value, version, encoding } = property;
  return splitAt(value, ';').map((part) => {
    // A comma makes a list from 3.0 on.
    const listed = version === '2.1' ? [part] : splitAt(part, ',');
    return listed.map((each) => unescape(each, version, encoding).trim()).join(property.name === 'N' ? ' ' : ', ');
  });
}

/** The values of `CATEGORIES`. */
export function listOf({ value, version, encoding }: CardProperty): string[] {
  return splitAt(value, ',')
    .map((part) => unescape(part, version, encoding).trim())
    .filter((part) => part !== '');
}

/** Splits where the separator is not escaped; the escapes stay. */
function splitAt(value: string, separator: string): string[] {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [''];
  for (const [piece] of value.matchAll(/\\[^]|[^\\]|\\$/g))
    if (piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  return parts;
}

/**
 * RFC 6350 3.4 and what programs escape besides. vCard 2.1 has no line break but as quoted-printable; where that is not
 * used, programs write `\n` all the same.
 */
function unescape(value: string, version: CardVersion, encoding: CardProperty['encoding']): string {
  if (!value.includes('\\')) return value;
  const literal = version === '2.1' && encoding === 'quoted-printable';
  return value.replace(/\\([\\;,:"nN])/g, (whole, character: string) => {
    if (character !== 'n' && character !== 'N') return character;
    return literal ? whole : '\n';
  });
}
