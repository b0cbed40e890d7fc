import { describe, expect, it } from 'vitest';
import { readNumber } from '#core/contacts/numbers/parse-number.ts';
import { defaultSettings } from '#contract/settings.ts';
import { exportedPerson, peopleRequestOf } from './exported-people.test-support.ts';
import { layoutOfPeople } from './people-columns.ts';

const person = exportedPerson({
  numbers: [
    { text: '+7 495 123-45-67', extension: '12', label: 'work' },
    { text: '+7 916 000-11-22', extension: '34', label: 'mobile' },
    { text: '204', extension: '', label: '' },
  ],
  emails: ['a@b.example', 'c@d.example'],
  directories: ['', 'Клиенты'],
  note: 'раз\r\nдва',
});

describe('a table of people', () => {
  it('has the columns that were chosen, in their order', () => {
    const layout = layoutOfPeople(peopleRequestOf({ columns: ['number', 'name', 'number', 'extension'] }));
    expect(layout.columns.map(({ heading }) => heading)).toEqual(['number', 'name', 'extension']);
    expect(layout.columns.map(({ value }) => value(person))).toEqual(['+7 495 123-45-67', 'Ольга', '12']);
  });

  it('has every number as text, with its extension and what it is for', () => {
    const layout = layoutOfPeople(peopleRequestOf());
    const row = Object.fromEntries(layout.columns.map(({ heading, value }) => [heading, value(person)]));
    expect(row).toMatchObject({
      label: 'рабочий',
      otherNumbers: '+7 916 000-11-22 доб. 34 (мобильный); 204',
      email: 'a@b.example, c@d.example',
      directory: 'Мои контакты, Клиенты',
      note: 'раз\nдва',
      role: null,
    });
    expect(new Set(layout.columns.map(({ kind }) => kind))).toEqual(new Set(['text']));
  });

  it('writes other numbers as our own reader of numbers takes them', () => {
    const layout = layoutOfPeople(peopleRequestOf({ columns: ['otherNumbers'] }));
    const [text = ''] = String(layout.columns[0]?.value(person)).split(';');
    expect(readNumber(text, defaultSettings)).toMatchObject({ number: '+79160001122', extension: '34' });
  });
});
