import type { PeopleExportWords } from '#contract/ipc/index.ts';
import { cleanLine, cleanNote } from '../clean-text.ts';
import type { ExportedNumber, ExportedPerson } from './exported-person.ts';
import { labelOf } from './people-columns.ts';

const photoTypes = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/gif': 'GIF', 'image/webp': 'WEBP' } as const;
/** What every program knows; any other label goes beside the number, as Apple and Google have it. */
const types: Record<string, string> = {
  mobile: 'CELL,VOICE',
  work: 'WORK,VOICE',
  home: 'HOME,VOICE',
  fax: 'WORK,FAX',
  other: 'VOICE',
  '': 'VOICE',
};
const groups: Record<string, string> = { main: '_$!<Main>!$_', assistant: '_$!<Assistant>!$_' };
const patronymic = /^\p{Script=Cyrillic}+(?:вич|вна|ична|инична|оглы|кызы)$/iu;

/** A person as a card of version 3.0 (RFC 2426) in UTF-8, as Outlook, iPhones and Google read it. */
export function cardText(person: ExportedPerson, words: PeopleExportWords): string {
  const [firm, department] = [cleanLine(person.firm), cleanLine(person.department)];
  // A card must have a name (RFC 2426 3.1.1).
  const name = cleanLine(person.name) || firm || cleanLine(person.emails[0] ?? person.numbers[0]?.text ?? '');
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${escape(cleanLine(person.id))}`,
    `FN:${escape(name)}`,
    `N:${partsOfName(name).map(escape).join(';')}`,
    property('ORG', (department === '' ? [firm] : [firm, department]).map(escape).join(';')),
    property('X-ABShowAs', name === firm ? 'COMPANY' : ''),
    property('TITLE', escape(cleanLine(person.role))),
    ...person.numbers.flatMap((number, index) => numberLines(number, index + 1, words)),
    ...person.emails.map((email) => property('EMAIL;TYPE=INTERNET', escape(cleanLine(email)))),
    ...person.links.map((link) => property('URL', escape(cleanLine(link)))),
    property('NOTE', escape(cleanNote(person.note))),
    person.photo === null
      ? ''
      : `PHOTO;ENCODING=b;TYPE=${photoTypes[person.photo.type]}:${Buffer.from(person.photo.bytes).toString('base64')}`,
    'END:VCARD',
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `${fold(line.toWellFormed())}\r\n`)
    .join('');
}

/** Empty for an empty value. */
function property(name: string, value: string): string {
  return value === '' ? '' : `${name}:${value}`;
}

function numberLines(number: ExportedNumber, place: number, words: PeopleExportWords): string[] {
  const text = cleanLine(number.text);
  if (text === '') return [];
  // A comma is a pause before the extension for every mobile phone; a long one would be taken for a second number.
  const extension = cleanLine(number.extension);
  const dialled = /^\d{1,6}$/.test(extension) ? `,${extension}` : extension && ` ext. ${extension}`;
  const value = escape(text + dialled);
  const type = Object.hasOwn(types, number.label) ? types[number.label] : undefined;
  if (type) return [`TEL;TYPE=${type}:${value}`];
  const label = Object.hasOwn(groups, number.label) ? groups[number.label]! : escape(labelOf(number, words));
  return [`item${place}.TEL;TYPE=VOICE:${value}`, property(`item${place}.X-ABLabel`, label)];
}

/**
 * Family and given name, patronymic, where that is sure; else the whole name as the given one, which every program shows
 * as it is.
 */
function partsOfName(name: string): string[] {
  const [family = '', given = '', last = '', ...more] = name.split(' ');
  return more.length === 0 && patronymic.test(last) ? [family, given, last, '', ''] : ['', name, '', '', ''];
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** Lines of at most 75 bytes (RFC 2426 2.6), never within a character. */
function fold(line: string): string {
  if (line.length <= 25 || Buffer.byteLength(line) <= 75) return line;
  const parts: string[] = [];
  let [part, size] = ['', 0];
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > 75) {
      parts.push(part);
      [part, size] = ['', 1];
    }
    part += character;
    size += bytes;
  }
  return [...parts, part].join('\r\n ');
}
