import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { toCardEntry } from '#core/contacts/directories/vcard/card-entry.ts';
import { CardReader } from '#core/contacts/directories/vcard/card-reader.ts';
import type { SourceEntry } from '#core/contacts/index.ts';
import { cleanLine, cleanNote } from '../clean-text.ts';
import { cardText } from './card-text.ts';
import type { ExportedPerson } from './exported-person.ts';
import { exportedPerson, peopleRequestOf } from './exported-people.test-support.ts';

const { words } = peopleRequestOf();
const write = (fields: Partial<ExportedPerson>) => cardText(exportedPerson(fields), words);

function readBack(text: string): SourceEntry {
  const reader = new CardReader();
  const cards = [...reader.push(Buffer.from(text, 'utf8').toString('latin1')), ...reader.end()];
  expect(cards).toHaveLength(1);
  const [card] = cards;
  if (card?.kind !== 'card') throw new Error('a broken card');
  const { entry, skipped } = toCardEntry(card, (name) => name);
  expect(skipped).toEqual([]);
  if (!entry) throw new Error('nobody');
  return entry;
}

const person: Partial<ExportedPerson> = {
  name: 'Демидова Ольга Петровна',
  firm: 'ООО "Ромашка"; и, другие',
  department: 'Отдел',
  role: 'Бухгалтер',
  numbers: [
    { text: '+7 916 000-11-22', extension: '', label: 'mobile' },
    { text: '+7 495 123-45-67', extension: '12', label: 'work' },
    { text: '+7 495 123-45-68', extension: '', label: 'main' },
    { text: '204', extension: '', label: 'internal' },
    { text: '+7 495 123-45-69', extension: '', label: 'assistant' },
    { text: '+7 495 123-45-70', extension: '', label: 'fax' },
    { text: '+7 495 123-45-71', extension: '', label: 'Проходная; ночью' },
  ],
  emails: ['olga@romashka.example'],
  links: ['https://romashka.example/?a=1,2;b'],
  note: 'Просит счёт;\nперезвонить, "Ольге" \\ END:VCARD',
};

describe('a card of a person', () => {
  it('is as RFC 2426 has it', () => {
    expect(write({ ...person, numbers: person.numbers!.slice(0, 2), note: '' }).split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:p1',
      'FN:Демидова Ольга Петровна',
      'N:Демидова;Ольга;Петровна;;',
      'ORG:ООО "Ромашка"\\; и\\, другие;Отдел',
      'TITLE:Бухгалтер',
      'TEL;TYPE=CELL,VOICE:+7 916 000-11-22',
      'TEL;TYPE=WORK,VOICE:+7 495 123-45-67\\,12',
      'EMAIL;TYPE=INTERNET:olga@romashka.example',
      'URL:https://romashka.example/?a=1\\,2\\;b',
      'END:VCARD',
      '',
    ]);
  });

  it('is read back by our own reader, labels and all', () => {
    const photo = { type: 'image/png', bytes: Buffer.from('\u0089PNG\r\n\u001a\nrest', 'latin1') } as const;
    expect(readBack(write({ ...person, photo }))).toMatchObject({
      ...{ name: person.name, firm: person.firm, department: 'Отдел', role: 'Бухгалтер', note: person.note, photo },
      emails: person.emails,
      links: person.links,
      numbers: person.numbers!.map(({ text, extension, label }) => ({
        text: extension ? `${text},${extension}` : text,
        label,
      })),
    });
  });

  it('is read by ical.js too', () => {
    const [, properties] = ICAL.parse(write(person)) as [string, [string, object, string, ...unknown[]][]];
    const valueOf = (name: string) => properties.find(([each]) => each === name)?.[3];
    expect(valueOf('fn')).toBe(person.name);
    expect(valueOf('n')).toEqual(['Демидова', 'Ольга', 'Петровна', '', '']);
    expect(valueOf('org')).toEqual([person.firm, 'Отдел']);
    expect(properties.filter(([name]) => name === 'tel')).toHaveLength(7);
  });

  it('has a name whatever is known', () => {
    const nameLines = (fields: Partial<ExportedPerson>) =>
      write({ name: '', ...fields }).match(/^(?:FN|X-ABShowAs).*$/gm);
    expect(nameLines({ firm: 'Фирма' })).toEqual(['FN:Фирма\r', 'X-ABShowAs:COMPANY\r'].map((line) => line.trim()));
    expect(nameLines({ numbers: person.numbers! })).toEqual(['FN:+7 916 000-11-22']);
  });

  it('folds its lines at 75 bytes, within no character', () => {
    const lines = write({ note: 'счёт 🙂 '.repeat(60) }).split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.join('')).not.toContain('\ufffd');
  });

  it('gives every name, number and note back, whatever is in them', () => {
    const hostile = fc.stringMatching(/^[\\;,:"\n\r=а-яA-Z END:VCARD]{1,20}$/);
    const text = fc.oneof(
      hostile,
      fc.array(fc.nat(0x10ffff), { minLength: 1, maxLength: 60 }).map((codes) => String.fromCodePoint(...codes)),
    );
    const solid = text.filter((each) => cleanLine(each.toWellFormed()) !== '');
    fc.assert(
      fc.property(solid, solid, text, fc.stringMatching(/^\d{0,8}$/), (name, number, note, extension) => {
        const entry = readBack(write({ name, note, numbers: [{ text: number, extension, label: 'work' }] }));
        const fit = (each: string) => cleanLine(each.toWellFormed());
        expect(entry.name).toBe(fit(name));
        expect(entry.note).toBe(cleanNote(note.toWellFormed()));
        const [read] = entry.numbers;
        expect(read?.text.startsWith(fit(number))).toBe(true);
        expect(read?.text.slice(fit(number).length).replace(/^(?:,| ext\. )/, '')).toBe(extension);
      }),
      { numRuns: 200 },
    );
  });
});
