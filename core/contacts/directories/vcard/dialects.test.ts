import { describe, expect, it } from 'vitest';
import type { SourceEntry } from '../source-entry.ts';
import { toCardEntry, type CardEntry } from './card-entry.ts';
import { CardReader } from './card-reader.ts';
import {
  androidCard,
  appleCards,
  evolutionCard,
  googleCard,
  jpeg,
  nextcloudCard,
  outlookCard,
  thunderbirdCard,
} from './dialects.test-support.ts';

function read(text: string): CardEntry[] {
  const reader = new CardReader();
  const cards = [...reader.push(Buffer.from(text, 'utf8').toString('latin1')), ...reader.end()];
  return cards.map((card) => {
    if (card.kind === 'broken') throw new Error(`broken card in line ${card.line}`);
    return toCardEntry(card, (name) => `x.vcf › ${name}`);
  });
}
const entriesOf = (text: string): SourceEntry[] => read(text).flatMap(({ entry }) => entry ?? []);
const photo = { type: 'image/jpeg', bytes: jpeg };

describe('a card written by', () => {
  it('Outlook is read in its own character set, with its photo, its numbers and no address of Exchange', () => {
    expect(entriesOf(outlookCard)).toMatchObject([
      {
        name: 'Демидова Ольга Петровна',
        firm: 'ООО "Ромашка"',
        department: 'Отдел продаж, опт',
        role: 'Главный бухгалтер',
        numbers: [
          { text: '+7 (495) 123-45-67 доб. 12', label: 'work' },
          { text: '8 916 000-11-22', label: 'mobile' },
          { text: '+7 (495) 123-45-68', label: 'fax' },
          { text: '+7 (495) 123-45-69', label: 'assistant' },
        ],
        emails: ['olga@romashka.example'],
        links: ['http://romashka.example/'],
        note: 'Звонить\nпосле обеда; C:\\new',
        fields: [{ name: 'address', value: '101000, Россия, Москва, ул. Ленина, 1' }],
        photo,
      },
    ]);
  });

  it('Google has the labels of its groups, and nothing is fetched for its photo', () => {
    expect(entriesOf(googleCard)).toMatchObject([
      {
        name: 'Соколов Артём',
        firm: 'АО «Вектор»',
        department: 'Склад',
        role: 'Кладовщик',
        numbers: [
          { text: '+7 812 000-00-11', label: 'internal' },
          { text: '204', label: 'Проходная, ночью' },
          { text: '+79210000011', label: 'mobile' },
          { text: '+7 812 000-00-12', label: 'work' },
        ],
        links: ['http://vektor.example/'],
        note: 'Первая строка\nвторая, с запятой; и точкой',
        fields: [
          { name: 'birthday', value: '01-31' },
          { name: 'categories', value: 'myContacts, Поставщики' },
        ],
        photo: null,
      },
    ]);
  });

  it('an iPhone is a person or a firm, and a group is nobody', () => {
    expect(read(appleCards)).toHaveLength(3);
    expect(entriesOf(appleCards)).toMatchObject([
      {
        name: 'Лебедев Пётр Ильич',
        firm: 'ООО «Лебедь»',
        department: '',
        numbers: [
          { text: '+7 (903) 000-00-42', label: 'work' },
          { text: '+7 903 000-00-43', label: 'mobile' },
          { text: '+7 495 000-00-44', label: 'fax' },
          { text: '+7 495 000-00-45', label: 'main' },
          { text: '+7 495 000-00-46', label: 'дача' },
        ],
        fields: [{ name: 'birthday', value: '05-09' }],
        photo,
      },
      { name: 'Такси «Заря»', firm: 'Такси «Заря»', numbers: [{ text: '+7 495 000-00-50', label: 'main' }] },
    ]);
  });

  it('Thunderbird has numbers as addresses, the preferred one first', () => {
    expect(entriesOf(thunderbirdCard)).toMatchObject([
      {
        name: 'Anna Smith',
        numbers: [
          { text: '+49-30-0000000', label: 'home' },
          { text: '+7-495-765-43-21 ext. 12', label: 'work' },
          { text: '+49 160 0000000', label: 'mobile' },
        ],
        emails: ['anna@smith.example'],
        fields: [
          { name: 'address', value: '10115, Germany, Berlin, Main Street 1' },
          { name: 'birthday', value: '1980-01-31' },
        ],
        photo,
      },
    ]);
  });

  it('Android has bare types, its own labels, and a photo whose lines begin with no space', () => {
    expect(entriesOf(androidCard)).toMatchObject([
      {
        name: 'Кузнецова Вера',
        firm: 'Школа № 5',
        numbers: [
          { text: '8-499-000-00-61', label: 'work' },
          { text: '+7-926-000-00-60', label: 'mobile' },
          { text: '555', label: 'Охрана' },
        ],
        photo,
      },
    ]);
  });

  it('Nextcloud is read but for a photo that is none', () => {
    expect(read(nextcloudCard)).toMatchObject([
      {
        entry: {
          name: 'Склад',
          numbers: [
            { text: '+7 495 000-00-70', label: 'Дежурный' },
            { text: '+7 495 000-00-71', label: 'home' },
          ],
          photo: null,
        },
        skipped: [{ code: 'entry.photo-unreadable', values: { place: 'x.vcf › Склад' } }],
      },
    ]);
  });

  it('Evolution may have another card within, which is no entry', () => {
    expect(entriesOf(evolutionCard)).toMatchObject([
      {
        name: 'Орлова Мария',
        firm: 'Фирма; и сыновья',
        department: 'Отдел, Группа',
        numbers: [{ label: 'work' }, { label: 'assistant' }, { label: 'main' }],
      },
    ]);
  });
});

describe('an entry of a card', () => {
  const card = (...lines: string[]) => `BEGIN:VCARD\nVERSION:3.0\n${lines.join('\n')}\nEND:VCARD\n`;

  it('keeps its key while its id is the same, or else while name, numbers and e-mail are', () => {
    const keys = [
      card('UID:1', 'FN:A', 'TEL:1'),
      card('UID:1', 'FN:B', 'TEL:2'),
      card('FN:A', 'TEL:1'),
      card('FN:A', 'TEL:1', 'NOTE:x'),
      card('FN:A', 'TEL:2'),
    ].map((text) => entriesOf(text)[0]?.key);
    expect([keys[0] === keys[1], keys[2] === keys[3], keys[3] === keys[4]]).toEqual([true, true, false]);
  });

  it('has the name that its program shows where that says more than its parts', () => {
    const nameOf = (...lines: string[]) => entriesOf(card(...lines, 'TEL:1'))[0]?.name;
    expect(nameOf('FN:Иван Иванов', 'N:Иванов;Иван;Иванович;;')).toBe('Иванов Иван Иванович');
    expect(nameOf('N:Иванов;Иван;Иванович;;')).toBe('Иванов Иван Иванович');
    expect(nameOf('FN:Ваня сантехник', 'N:сантехник;Иван;;;')).toBe('Ваня сантехник');
    expect(nameOf('FN:Anna Smith', 'N:Smith;Anna;;;')).toBe('Anna Smith');
    expect(nameOf('N:Smith;Anna;Maria;;')).toBe('Anna Maria Smith');
    expect(nameOf('FN:Склад', 'N:Склад;Склад')).toBe('Склад');
    expect(nameOf('ORG:Firm;')).toBe('Firm');
    expect(nameOf('N:;;;;')).toBe('');
  });

  it('is not there for a card that tells nothing of anybody', () => {
    expect(entriesOf(card('N:;;;;', 'NOTE:x'))).toEqual([]);
  });

  it('has links of the web alone', () => {
    const [entry] = entriesOf(card('FN:A', 'URL:javascript:alert(1)', 'URL:file:///etc/passwd', 'URL:www.a.example/x'));
    expect(entry?.links).toEqual(['http://www.a.example/x']);
  });
});
