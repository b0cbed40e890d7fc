import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findInAnyText, findNumbers } from './find-numbers.ts';
import { office } from './number-rules.test-support.ts';
import { readAnyText, readNumber } from './parse-number.ts';
import { readUsualText } from './usual-text.ts';

const germany = { ...office, country: 'DE', areaCode: '' };
const gap = fc.constantFrom('', '', '', ' ', '-', ' (', ') ', '(', ')', '--');
const piece = fc.tuple(gap, fc.stringMatching(/^\d{1,4}$/)).map((parts) => parts.join(''));
const begin = fc.constantFrom('', '+', '8', '+7', '8 (495)', '7', '+8 ', '+ 7', '+49', '00', ' ');
const end = fc.constantFrom(
  '',
  '',
  ' ',
  ' доб. 12',
  'доб.123456',
  ' доб.  5',
  '  доб. 7',
  ' доб. 1234567',
  '.0',
  ' x1',
);
const written = fc
  .tuple(begin, fc.array(piece, { minLength: 2, maxLength: 6 }), end)
  .map(([before, pieces, after]) => before + pieces.join('') + after);

it('takes the digits and the extension of a number in the usual form, and leaves others alone', () => {
  expect(readUsualText('8 (495) 123-45-67 доб. 12')).toEqual({ digits: '84951234567', extension: '12' });
  expect(readUsualText('+79161234567')).toEqual({ digits: '+79161234567', extension: null });
  for (const other of [
    '+8 (495) 123-45-67',
    '8 495 123-45-67 вн. 12',
    '123-45-67',
    '89161234567.0',
    '8 916 123 45 67,',
  ])
    expect(readUsualText(other)).toBeNull();
});

it('reads a number in the usual form as it would be read in any', () => {
  fc.assert(
    fc.property(written, fc.constantFrom(office, germany), (text, rules) => {
      expect(readNumber(text, rules)).toEqual(readAnyText(text, rules));
    }),
    { numRuns: 2000 },
  );
});

it('finds one number with an extension as it would be found among others', () => {
  fc.assert(
    fc.property(written, (text) => {
      if (text.includes('доб')) expect(findNumbers(text, office)).toEqual(findInAnyText(text, office));
    }),
    { numRuns: 3000 },
  );
});
