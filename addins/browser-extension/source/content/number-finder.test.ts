import { describe, expect, it } from 'vitest';
import { findNumbers } from './number-finder.ts';

const written = (text: string, country = 'RU') => findNumbers(text, country).map((found) => found.written);

describe('numbers in a text', () => {
  it('are found as people write them', () => {
    const forms = [
      '+7 495 123-45-67',
      '8 (495) 123-45-67',
      '8-800-200-06-00',
      '84951234567',
      '+74951234567',
      '(812) 765-43-21',
    ];
    for (const form of forms) expect(written(`Звоните ${form}, спросите Анну.`)).toEqual([form]);
    expect(written('+49 30 901820')).toEqual(['+49 30 901820']);
    expect(written('call (415) 555-2671 now', 'US')).toEqual(['(415) 555-2671']);
  });

  it('are taken with their extension', () => {
    expect(written('8 (495) 123-45-67 доб. 12, Анна')).toEqual(['8 (495) 123-45-67 доб. 12']);
    expect(written('+7 495 123-45-67 ext. 305')).toEqual(['+7 495 123-45-67 ext. 305']);
  });

  it('are told where they stand', () => {
    const text = 'тел.: 8 495 123-45-67; 8 812 765-43-21 8 800 200-06-00/+7 916 123 45 67';
    const found = findNumbers(text, 'RU');
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      '8 495 123-45-67',
      '8 812 765-43-21',
      '8 800 200-06-00',
      '+7 916 123 45 67',
    ]);
  });

  it('are not seen in other figures', () => {
    const others = [
      'ИНН 7701234567',
      'ОГРН 1027700132195',
      'р/с 40702810900000005555',
      '10.05.2024 12:30:45',
      '2024-05-10',
      '8 912 345 678 руб.',
      '192.168.100.200',
      'заказ № 84951234567',
      'https://site.ru/?id=84951234567',
      'photo_84951234567',
      '9161234567',
      '4951234567',
      '12345678901234567890',
    ];
    for (const other of others) expect({ other, found: written(other) }).toEqual({ other, found: [] });
  });

  it('cost no more than a glance in hostile text', () => {
    const hostile = [
      '1'.repeat(200_000),
      '8 (495) '.repeat(50_000),
      '+7 495 123-45-67 '.repeat(10_000),
      '('.repeat(100_000),
    ];
    const started = performance.now();
    for (const text of hostile) expect(findNumbers(text, 'RU').length).toBeLessThanOrEqual(200);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
