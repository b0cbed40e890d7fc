import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNumbers } from './find-numbers.ts';
import { office } from './number-rules.test-support.ts';
import type { NumberRules } from './number-rules.ts';
import { readNumber } from './parse-number.ts';

const found = (text: string, rules: Partial<NumberRules> = {}) =>
  findNumbers(text, { ...office, ...rules }).map(({ number, extension }) =>
    extension === null ? number : `${number} ext ${extension}`,
  );

const moscow = '+74951234567';
const mobile = '+79161234567';
const other = '+74957654321';

describe('findNumbers', () => {
  it.each([
    ['8 (495) 123-45-67 доб. 12, 8 916 123-45-67', [`${moscow} ext 12`, mobile]],
    ['+7(495)123-45-67/68', [moscow]],
    ['мт. 8-916-123-45-67 (после 18), раб. 123-45-67', [mobile, moscow]],
    ['8 495 123-45-67, доб. 12; 8 495 765-43-21 вн. 3', [`${moscow} ext 12`, `${other} ext 3`]],
    ['8 495 123 45 67 8 495 765 43 21', [moscow, other]],
    ['84951234567 89161234567', [moscow, mobile]],
    ['123-45-67 765-43-21', [moscow, other]],
    ['123-45-67/765-43-21', [moscow, other]],
    ['+7 495 123-45-67 / 8 916 123-45-67', [moscow, mobile]],
    ['+7 495 123-45-67+7 916 123-45-67', [moscow, mobile]],
    ['+7 495 123-45-67\n8 916 123-45-67\r\n+7 495 765-43-21', [moscow, mobile, other]],
    ['8 495 123-45-67<br>8 916 123-45-67', [moscow, mobile]],
    ['тел. 8 495 123-45-67 факс 8 495 765-43-21', [moscow, other]],
    ['Иван 8 916 123-45-67, Мария 8 495 123-45-67 доб. 5', [mobile, `${moscow} ext 5`]],
    ['8-916-123-45-67 и 8-495-123-45-67', [mobile, moscow]],
    ['8.9161234567E+10; 8,4951234567E+10', [mobile, moscow]],
    ['89161234567.0, 84951234567.0', [mobile, moscow]],
    ['8 495 123-45-67, 8-495-123-45-67', [moscow]],
    ['8 495 123-45-67 доб. 1, 8 495 123-45-67 доб. 2', [`${moscow} ext 1`, `${moscow} ext 2`]],
    ['8 495 123-45-67, 105', [`${moscow} ext 105`]],
    ['8 916 123-45-67, 105', [mobile, '105']],
    ['84951234567,12', [`${moscow} ext 12`]],
    ['204, 205', ['204', '205']],
    ['204,205,206', ['204', '205', '206']],
    ['600,1234', ['600 ext 1234']],
    ['Склад, вн. 204', ['204']],
    ['+7 (812) 123-45-67, 765-43-21', ['+78121234567', '+78127654321']],
    ['+7 (812) 123-45-67/765-43-21', ['+78121234567', '+78127654321']],
    ['+7 812 123-45-67, моск. 765-43-21', ['+78121234567', other]],
    ['tel:+74951234567;ext=12; sip:ivan@pbx.local', [`${moscow} ext 12`, 'sip:ivan@pbx.local']],
    ['8 (4852) 12-34-56, 12-34-57', ['+74852123456', '+74852123457']],
    ['8 (495) 123-45-67 (68, 69)', [moscow]],
    ['8(495)123-45-67,68,69', [moscow]],
    ['+7 (495) 123-45-67 (доб.101), 102', [`${moscow} ext 101`]],
    ['8 495 123 45 67 доб 12 или 13', [`${moscow} ext 12`]],
    ['№ 1 8 916 123-45-67', [mobile]],
    ['ivan@firma.ru, 8 916 123-45-67', [mobile]],
  ])('finds in %j %j', (text, numbers) => {
    expect(found(text)).toEqual(numbers);
  });

  it.each([
    ['8 916 123-45-67 10.05.2024', [mobile]],
    ['звонил 2024-05-06, 8 916 123-45-67', [mobile]],
    ['8 916 123-45-67 с 9.00-18.00', [mobile]],
    ['8 916 123-45-67, с 9 до 18', [mobile]],
    ['8 916 123-45-67 12', [mobile]],
    ['ИНН 7701234567, тел. 8 495 123-45-67', [moscow]],
    ['ИНН/КПП 7701234567/770101001', []],
    ['р/с 40702810900000012345, БИК 044525225', []],
    ['договор № 1234567', []],
    ['150 000 руб., 8 916 123-45-67', [mobile]],
    ['1 234 567,89', []],
    ['150 000', []],
    ['101000, г. Москва, ул. Ленина, д. 15, кв. 123, тел. 123-45-67', [moscow]],
    ['ул. Ленина, 15', []],
    ['каб. 204', []],
    ['нет', []],
    ['', []],
  ])('takes in %j nothing else for a number: %j', (text, numbers) => {
    expect(found(text)).toEqual(numbers);
  });

  it('parts a slash of another country’s writing only where both sides are numbers', () => {
    expect(found('030/123456', { country: 'DE', areaCode: '' })).toEqual(['+4930123456']);
  });

  it('gives at most thirty', () => {
    const many = Array.from({ length: 100 }, (_, index) => `8 916 123-${String(index).padStart(2, '0')}-00`);
    expect(found(many.join(', '))).toHaveLength(30);
  });

  const nationals = fc.tuple(
    fc.constantFrom('903', '916', '495', '812', '8452'),
    fc.integer({ min: 0, max: 9_999_999 }),
  );
  const written = nationals.chain(([code, line]) => {
    const digits =
      code +
      String(line)
        .padStart(7, '2')
        .slice(0, 10 - code.length);
    const groups = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)];
    return fc
      .constantFrom(
        `+7${digits}`,
        `8${digits}`,
        `8 (${groups[0]}) ${groups.slice(1).join('-')}`,
        `+7 ${groups.join(' ')}`,
        `8-${groups.join('-')}`,
      )
      .map((text) => ({ text, number: `+7${digits}` }));
  });

  it('finds each of several numbers, however they are written and parted', () => {
    const separators = fc.constantFrom(', ', ',', '; ', ';', ' / ', '/', '\n', ' | ', ' и ', ' ');
    const list = fc.array(fc.tuple(written, separators), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, (items) => {
        const text = items.map(([{ text: one }, separator], index) => (index === 0 ? '' : separator) + one).join('');
        expect(found(text)).toEqual([...new Set(items.map(([{ number }]) => number))]);
      }),
      { numRuns: 500 },
    );
  });

  const anything = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom(...'0123456789 +-()*#,;./@доб.extxE\n'.split('')), maxLength: 120 }),
  );

  it('gives of any text only numbers that read as themselves again', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const numbers = findNumbers(text, office);
        expect(numbers.length).toBeLessThanOrEqual(30);
        for (const { number, kind } of numbers)
          if (kind !== 'sip-address') expect(readNumber(number, office)).toMatchObject({ number, kind });
      }),
      { numRuns: 1000 },
    );
  });

  it('is done in a moment, however long and hostile the text', () => {
    const pieces = [
      '1',
      '(',
      '+',
      '1 ',
      '1234567 ',
      'доб',
      '1,',
      '1/',
      '1234567/',
      '#1',
      '((1',
      '٣',
      'sip:a@',
      '<tel:',
      '1E+',
      '8 495 123 45 67 ',
    ];
    const started = performance.now();
    for (const piece of pieces) findNumbers(piece.repeat(1_000_000 / piece.length), office);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
