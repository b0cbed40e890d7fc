import { createHash } from 'node:crypto';
import type { ErrorReport } from '#contract/errors.ts';
import { sourceEntry, type EntryPhoto, type SourceEntry } from '../source-entry.ts';
import { readFields } from './card-fields.ts';
import { readName } from './card-name.ts';
import { readEmails, readLinks, readNumbers } from './card-numbers.ts';
import { readPhoto } from './card-photo.ts';
import { partsOf, textOf, type CardProperty } from './card-property.ts';
import type { Card } from './card-reader.ts';

export interface CardEntry {
  /** Null for a card of a group, and for one that tells nothing of anybody. */
  entry: SourceEntry | null;
  /** What of it was left out. */
  skipped: ErrorReport[];
}

/**
 * What a card tells of a person. Its key is the card's own id, or what it is known by: name, numbers and e-mail.
 * @param placeOf where a card lies, by its name (or an empty one)
 */
export function toCardEntry(card: Card, placeOf: (name: string) => string): CardEntry {
  const { properties } = card;
  if (isGroup(properties)) return { entry: null, skipped: [] };
  const text = (name: string) => {
    const property = properties.find((each) => each.name === name && each.value !== '');
    return property ? textOf(property) : '';
  };
  const organisation = properties.find(({ name, value }) => name === 'ORG' && value !== '');
  const [firm = '', ...departments] = organisation ? partsOf(organisation) : [];
  const asFirm = /^COMPANY$/i.test(text('X-ABSHOWAS')) && firm !== '';
  const [numbers, emails] = [readNumbers(properties), readEmails(properties)];
  const name = asFirm ? firm : readName(properties) || text('NICKNAME') || firm || emails[0] || '';
  if (name === '' && numbers.length === 0) return { entry: null, skipped: [] };
  const place = placeOf(name);
  const { photo, report } = photoOf(properties, place);
  const entry = sourceEntry({
    ...{ key: keyOf(text('UID'), [name, numbers, emails]), name, firm, numbers, emails, photo, place },
    department: departments.filter(Boolean).join(', '),
    role: text('TITLE') || text('ROLE'),
    links: readLinks(properties),
    note: properties
      .filter((each) => each.name === 'NOTE')
      .map(textOf)
      .filter(Boolean)
      .join('\n'),
    fields: readFields(properties),
  });
  const tooLarge: ErrorReport = { code: 'entry.too-large', values: { place }, detail: null };
  return { entry, skipped: [...(card.cut ? [tooLarge] : []), ...(report ? [report] : [])] };
}

function isGroup(properties: readonly CardProperty[]): boolean {
  return properties.some(
    ({ name, value }) => /^(?:KIND|X-ADDRESSBOOKSERVER-KIND)$/.test(name) && /^group$/i.test(value.trim()),
  );
}

function photoOf(
  properties: readonly CardProperty[],
  place: string,
): { photo: EntryPhoto | null; report: ErrorReport | null } {
  const photos = properties.filter(({ name }) => name === 'PHOTO').map(readPhoto);
  const photo = photos.find((each) => each !== null && typeof each === 'object') ?? null;
  const fault = photos.find((each) => typeof each === 'string');
  if (photo || !fault) return { photo, report: null };
  const code = fault === 'too-large' ? 'entry.too-large' : 'entry.photo-unreadable';
  return { photo, report: { code, values: { place }, detail: null } };
}

function keyOf(uid: string, content: unknown): string {
  const identity = uid === '' ? `content:${JSON.stringify(content)}` : `uid:${uid}`;
  return createHash('sha256').update(identity).digest('base64url').slice(0, 22);
}
