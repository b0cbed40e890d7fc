import { describe, expect, it } from 'vitest';
import { cardLink, referenceOf } from './card-link.ts';
import { phoneText } from './contact-information.ts';

describe('the link of a card in 1C', () => {
  it('has the groups of the key in the order that 1C wants', () => {
    expect(referenceOf('9d5c422d-8c4c-11db-a9b0-00055d49b45e')).toBe('a9b000055d49b45e11db8c4c9d5c422d');
  });

  it('names the catalog and leads to the infobase', () => {
    expect(
      cardLink(
        'https://1c.example/base/#e1cib/navigationpoint/x',
        'Catalog_Партнеры',
        '9d5c422d-8c4c-11db-a9b0-00055d49b45e',
      ),
    ).toBe('https://1c.example/base/#e1cib/data/Справочник.Партнеры?ref=a9b000055d49b45e11db8c4c9d5c422d');
  });

  it.each([
    ['', 'Catalog_Партнеры', '9d5c422d-8c4c-11db-a9b0-00055d49b45e'],
    ['https://1c.example', 'Catalog_Партнеры', 'no key'],
    ['https://1c.example', 'InformationRegister_X', '9d5c422d-8c4c-11db-a9b0-00055d49b45e'],
  ])('is none for %j, %j, %j', (infobase, set, key) => expect(cardLink(infobase, set, key)).toBeNull());
});

describe('a number of 1C’s', () => {
  const row = (fields: object) => ({ Ref_Key: '', ...fields });

  it.each([
    [
      { Значение: '{"countryCode":"7","areaCode":"495","number":"123-45-67","extNumber":"12"}' },
      '+74951234567 доб. 12',
    ],
    [{ Значение: '{"value":""}', Представление: '8 (495) 123-45-67' }, '8 (495) 123-45-67'],
    [{ Значение: 'не JSON', Представление: '', НомерТелефона: '74951234567' }, '+74951234567'],
    [{ НомерТелефона: '1234567' }, '1234567'],
    [{}, ''],
  ])('comes from its parts, else as written: %j', (fields, expected) => {
    expect(phoneText(row(fields))).toBe(expected);
  });
});
