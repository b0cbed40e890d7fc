import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#contract/settings.ts';
import { placeNumbers } from './place-numbers.ts';

const rules = { ...defaultSettings, areaCode: '495' };
const found = async (text: string) =>
  (await placeNumbers(text, rules)).map(({ text: written, dial }) => [written, dial]);

describe('finding the numbers in a text', () => {
  it('tells where each stands, as it is written', async () => {
    expect(await found('Звоните: +7 (495) 123-45-67 или 8 (916) 765-43-21, Иван')).toEqual([
      ['+7 (495) 123-45-67', '+74951234567'],
      ['8 (916) 765-43-21', '+79167654321'],
    ]);
  });

  it('has the extension in what is dialled', async () => {
    expect(await found('тел. +7 495 123-45-67, доб. 12')).toEqual([['+7 495 123-45-67', '+74951234567,12']]);
  });

  it('finds no two at one place', async () => {
    const text = '123-45-67, 765-43-21, 123-45-67';
    const places = await placeNumbers(text, rules);
    expect(places.map(({ at, length }) => text.slice(at, at + length))).toEqual(['123-45-67', '765-43-21']);
  });

  it('finds none where there is none', async () => {
    expect(await found('Договор от 12.03.2024 на 1 500 000 руб.')).toEqual([]);
    expect(await found('')).toEqual([]);
  });

  it('finds an address', async () => {
    expect(await found('sip:ivan@office.example')).toEqual([['ivan@office.example', 'sip:ivan@office.example']]);
  });

  it('finds them in a long text, each where it stands', async () => {
    const lines = Array.from(
      { length: 300 },
      (_, line) => `Клиент ${line}: +7 495 123-${String(1000 + line).replace(/(..)(..)/, '$1-$2')}, Москва`,
    );
    const text = lines.join('\n');
    const numbers = await placeNumbers(text, rules);
    expect(numbers).toHaveLength(300);
    expect(numbers.every(({ at, length, text: written }) => text.slice(at, at + length) === written)).toBe(true);
    expect(new Set(numbers.map(({ dial }) => dial)).size).toBe(300);
  });
});
