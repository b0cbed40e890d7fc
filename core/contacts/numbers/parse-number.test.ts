import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNumbers } from './find-numbers.ts';
import { office } from './number-rules.test-support.ts';
import type { NumberRules } from './number-rules.ts';
import { parseNumber, readNumber } from './parse-number.ts';

const read = (text: string, rules: Partial<NumberRules> = {}) => {
  const { number, extension, kind } = parseNumber(text, { ...office, ...rules });
  const [first] = findNumbers(text, { ...office, ...rules });
  expect(first).toMatchObject({ number, extension, kind });
  return [number, extension, kind];
};

const moscow = '+74951234567';
const mobile = '+79161234567';

describe('forms in which people write Russian numbers', () => {
  it.each([
    ['8 (495) 123-45-67', moscow],
    ['8(495)1234567', moscow],
    ['8-495-123-45-67', moscow],
    ['8 495 1234567', moscow],
    ['+7 495 123-45-67', moscow],
    ['+7(495)123-45-67', moscow],
    ['(495) 123-45-67', moscow],
    ['(8-495) 123-45-67', moscow],
    ['8 (4 95) 123-45-67', moscow],
    ['495.123.45.67', moscow],
    ['7-495-1234567', moscow],
    ['123-45-67', moscow],
    ['1234567', moscow],
    ['т. (495) 123-45-67', moscow],
    ['тел.: 8 495 123 45 67, факс 8 495 765 43 21', moscow],
    ['ООО «Ромашка», (495)123-45-67', moscow],
    ['ул. Ленина 15, тел 8 495 123 45 67', moscow],
    ['8 (495) 123-45-67/68', moscow],
    ['123-45-67, 765-43-21', moscow],
    ['8 495 123 45 67 8 495 765 43 21', moscow],
    ['+7 (495) 123-45-67; +7 (495) 765-43-21', moscow],
    ['8 (8452) 12-34-56', '+78452123456'],
    ['8 (846-2) 12-34-56', '+78462123456'],
    ['+7916 123 45 67', mobile],
    ['9161234567', mobile],
    ['79161234567', mobile],
    ['+8 916 123 45 67', mobile],
    ['+8(916)1234567', mobile],
    ['8.9161234567E+10', mobile],
    ['8,9161234567E+10', mobile],
    ['8,9161234567Е+10', mobile],
    ['89161234567.0', mobile],
    ["'+79161234567", mobile],
    ['="89161234567"', mobile],
    ['мт. 8-916-123-45-67 (после 18)', mobile],
    ['моб.89161234567', mobile],
    ['8-916-123-45-67 до 18:00', mobile],
    ['89161234567Иван', mobile],
    ['Иван 8 916 123 45 67', mobile],
    ['8 (916) 123·45·67', mobile],
    ['8_916_123_45_67', mobile],
    ['8–916–123–45–67', mobile],
    ['8\u00a0916\u202f123\u20094567', mobile],
    ['+7\u200b916\u200b1234567', mobile],
    ['\u202e+7 916 123-45-67\u202c', mobile],
    ['８（９１６）１２３－４５－６７', mobile],
    ['٨٩١٦١٢٣٤٥٦٧', mobile],
    ['24/7 8 800 200 06 00', '+78002000600'],
    ['810 44 20 7183 8750', '+442071838750'],
    ['8~10 44 20 7183 8750', '+442071838750'],
    ['00 44 20 7183 8750', '+442071838750'],
    ['442071838750', '+442071838750'],
    ['380441234567', '+380441234567'],
    ['+375 29 123-45-67', '+375291234567'],
    ['+7 727 258 00 00', '+77272580000'],
  ])('reads %j as %s', (text, number) => {
    expect(read(text)).toEqual([number, null, 'public']);
  });

  it('keeps a number with a plus whose range is not in the table yet, and says that it is not known', () => {
    expect(parseNumber('+7 300 000 00 00', office)).toMatchObject({
      e164: '+73000000000',
      kind: 'public',
      valid: false,
    });
  });

  it('never makes a foreign number of a national one', () => {
    expect(read('8 490 123 45 67')).toEqual(['84901234567', null, 'unknown']);
    expect(read('8916123')).toEqual(['8916123', null, 'unknown']);
  });
});

describe('extensions', () => {
  it.each([
    ['8 (495) 123-45-67 доб. 12', '12'],
    ['84951234567доб12', '12'],
    ['8 495 123 45 67 (доб. 12)', '12'],
    ['8 495 123 45 67 (доб. 12, 13)', '12'],
    ['8 495 123 45 67 добавочный номер 12', '12'],
    ['8-495-123-45-67 внутренний: 12', '12'],
    ['+7 (495) 123-45-67 вн. 12', '12'],
    ['т. (495) 123-45-67, доб. 12, Мария', '12'],
    ['+7 495 123-45-67 ext. 12', '12'],
    ['+7 495 123-45-67 x12', '12'],
    ['+7 495 123-45-67 х 12', '12'],
    ['+7 495 123 45 67 #12', '12'],
    ['8-495-123-45-67*12', '12'],
    ['+74951234567;ext=12', '12'],
    ['84951234567,12', '12'],
    ['84951234567p12', '12'],
    ['84951234567,,12#', ',12#'],
    ['8 495 123-45-67 доб.1-23', '123'],
    ['доб 5 8 495 123 45 67', '5'],
    ['tel:+7-495-123-45-67;ext=12', '12'],
  ])('reads %j with extension %s', (text, extension) => {
    expect(read(text)).toEqual([moscow, extension, 'public']);
  });

  it('takes an extension alone for a number inside', () => {
    expect(read('доб. 12')).toEqual(['12', null, 'internal']);
  });

  it('reads one behind a number inside', () => {
    expect(read('600,1234')).toEqual(['600', '1234', 'internal']);
  });
});

describe('what is no public number', () => {
  it.each([
    ['600', '600', 'internal'],
    ['10-01', '1001', 'internal'],
    ['911', '911', 'internal'],
    ['12345', '12345', 'unknown'],
    ['1234567890', '1234567890', 'unknown'],
    ['*72', '*72', 'service'],
    ['*21*89161234567#', '*21*89161234567#', 'service'],
    ['#31#89161234567', '#31#89161234567', 'service'],
    ['100#12', '100#12', 'service'],
    ['ivan_p@pbx.local', 'sip:ivan_p@pbx.local', 'sip-address'],
    ['sip:ivan:secret@pbx.local;transport=tcp?Subject=x', 'sip:ivan@pbx.local;transport=tcp', 'sip-address'],
    ['"Ivan" <sip:101@10.0.0.1:5070>', 'sip:101@10.0.0.1:5070', 'sip-address'],
    ['sips:a@[::1]:5061', 'sips:a@[::1]:5061', 'sip-address'],
    ['callto:ivan@pbx.local', 'sip:ivan@pbx.local', 'sip-address'],
  ])('reads %j as %s, %s', (text, number, kind) => {
    expect(read(text)).toEqual([number, null, kind]);
  });

  it.each(['112', '101', '102', '103', '1-1-2', 'tel:112', '+112', ' 1 0 2 ', '112 (пожар)'])(
    'knows emergency %j',
    (text) => {
      expect(parseNumber(text, { ...office, internalMaxDigits: 0, dialOutPrefix: '9' })).toMatchObject({
        kind: 'emergency',
      });
    },
  );

  it('knows the emergency numbers of the office’s country only', () => {
    expect(read('999', { country: 'GB' })).toEqual(['999', null, 'emergency']);
    expect(read('110', { country: 'DE' })).toEqual(['110', null, 'emergency']);
    expect(read('999')).toEqual(['999', null, 'internal']);
    expect(read('01')).toEqual(['01', null, 'emergency']);
    expect(read('1120')).toEqual(['1120', null, 'internal']);
  });

  it.each([
    'abc',
    '8-800-FLOWERS',
    '8-800-555-FLOW',
    'Склад 2',
    '2 склад',
    '12:30',
    '2024-05-06',
    '10.05.2024',
    '192.168.1.1',
  ])('refuses %j', (text) => expect(() => parseNumber(text, office)).toThrow('number.unreadable'));

  it.each([
    '8,91612E+10',
    'user@host@x',
    'sip:a b@c',
    'sip:@x',
    'sip:%0d%0aVia@x',
    'tel:',
    'callto:ivan',
    '+',
    '*',
    '1'.repeat(41),
  ])('refuses %j, which has lost a part or hides one', (text) =>
    expect(() => parseNumber(text, office)).toThrow('number.unreadable'),
  );

  it.each(['', '  ', '\u200b\u202e', '\n\t'])('says of %j that it is empty', (text) => {
    expect(() => parseNumber(text, office)).toThrow('number.empty');
  });
});

describe('an office elsewhere', () => {
  it.each([
    ['030 123456', { country: 'DE', areaCode: '' }, '+4930123456'],
    ['123456', { country: 'DE', areaCode: '30' }, '+4930123456'],
    ['020 7183 8750', { country: 'GB', areaCode: '' }, '+442071838750'],
    ['(212) 555-0123', { country: 'US', areaCode: '' }, '+12125550123'],
    ['02 5551234', { country: 'IT', areaCode: '' }, '+39025551234'],
    ['8 029 123 45 67', { country: 'BY', areaCode: '17' }, '+375291234567'],
    ['8 701 123 45 67', { country: 'KZ', areaCode: '727' }, '+77011234567'],
    ['+7 495 123 45 67', { country: 'ZZ', areaCode: '' }, moscow],
    ['tel:1234567;phone-context=+7495', { country: 'DE', areaCode: '' }, moscow],
    ['9 8 495 123-45-67', { dialOutPrefix: '9' }, moscow],
  ])('reads %j by %j as %s', (text, rules, number) => {
    expect(read(text, rules)).toEqual([number, null, 'public']);
  });
});

describe('any text', () => {
  const rules = fc.record({
    country: fc.constantFrom('RU', 'DE', 'US', 'ZZ'),
    areaCode: fc.constantFrom('', '495', '30'),
    dialOutPrefix: fc.constantFrom('', '9', '*9'),
    dialFormat: fc.constantFrom('e164', 'digits', 'national') as fc.Arbitrary<NumberRules['dialFormat']>,
    internalMaxDigits: fc.integer({ min: 0, max: 6 }),
  });
  const anything = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(...'0123456789 +-()*#,;./@доб.extxEе\u00a0\u202e＋８'.split('')),
      maxLength: 60,
    }),
    fc.constantFrom('sip:', 'tel:', 'callto:', 'sips://').chain((scheme) => fc.string().map((rest) => scheme + rest)),
  );

  it('gives nothing but dialable characters, or a SIP address without blanks and controls', () => {
    fc.assert(
      fc.property(anything, rules, (text, given) => {
        const number = readNumber(text, given);
        if (!number) return;
        if (number.kind === 'sip-address') expect(number.number).toMatch(/^sips?:[^\s\p{Cc}<>"@]+@[^\s\p{Cc}<>"@?]+$/u);
        else expect(number.number).toMatch(/^\+?[0-9*#]{1,40}$/);
        if (number.extension !== null) expect(number.extension).toMatch(/^[0-9*#,]{1,40}$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads its own result as the same number again', () => {
    fc.assert(
      fc.property(anything, rules, (text, given) => {
        const number = readNumber(text, given);
        if (!number || number.kind === 'sip-address') return;
        expect(readNumber(number.number, given)).toMatchObject({ number: number.number, kind: number.kind });
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every Russian number alike however it is grouped', () => {
    const parts = fc.tuple(
      fc.constantFrom('8', '+7', '7', '8 ', '+7 ', '8-'),
      fc.constantFrom('', ' ', '-', '(', ' ('),
      fc.constantFrom('', ' ', '-', ')', ') '),
    );
    const last = fc.tuple(fc.integer({ min: 1_000_000, max: 9_999_999 }), fc.constantFrom('', '-', ' ', '.', '\u2011'));
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom('903', '916', '926', '999'),
        last,
        ([start, before, after], code, [digits, gap]) => {
          const line = String(digits);
          const text = start + before + code + after + [line.slice(0, 3), line.slice(3, 5), line.slice(5)].join(gap);
          expect(readNumber(text, office)?.number).toBe(`+7${code}${line}`);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is read in a moment, however long and hostile', () => {
    const started = performance.now();
    for (const piece of [
      '1',
      '(',
      '+',
      '1 ',
      'доб',
      '1,',
      '#1',
      '((((1',
      'x1',
      '٣',
      '\u202e',
      'sip:a@',
      '<tel:',
      '1E+',
    ]) {
      readNumber(piece.repeat(1_000_000 / piece.length), office);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
