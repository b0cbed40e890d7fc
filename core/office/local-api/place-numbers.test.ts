import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#contract/settings.ts';
import { placeNumbers } from './place-numbers.ts';

const rules = { ...defaultSettings, areaCode: '495' };
const found = (text: string) => placeNumbers(text, rules).map(({ text: written, dial }) => [written, dial]);

describe('finding the numbers in a text', () => {
  it('tells where each stands, as it is written', () => {
    expect(found('Звоните: +7 (495) 123-45-67 или 8 (916) 765-43-21, Иван')).toEqual([
      ['+7 (495) 123-45-67', '+74951234567'],
      ['8 (916) 765-43-21', '+79167654321'],
    ]);
  });

  it('has the extension in what is dialled', () => {
    expect(found('тел. +7 495 123-45-67, доб. 12')).toEqual([['+7 495 123-45-67', '+74951234567,12']]);
  });

  it('finds no two at one place', () => {
    const text = '123-45-67, 765-43-21, 123-45-67';
    const places = placeNumbers(text, rules);
    expect(places.map(({ at, length }) => text.slice(at, at + length))).toEqual(['123-45-67', '765-43-21']);
  });

  it('finds none where there is none', () => {
    expect(found('Договор от 12.03.2024 на 1 500 000 руб.')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  it('finds an address', () => {
    expect(found('sip:ivan@office.example')).toEqual([['ivan@office.example', 'sip:ivan@office.example']]);
  });
});
