import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInPlans, findPublicNumber, formatByPlans, formatPublicNumber } from './numbering-plan.ts';

const countries = ['RU', 'KZ', 'US', 'FR', 'DE', 'BY', ''];
const differs = (digits: string, country: string) =>
  !isDeepStrictEqual(findPublicNumber(digits, country), findInPlans(digits, country));

describe('numbers of known ranges', () => {
  it('are what the library gives, in every range of Russia and Kazakhstan and between them', () => {
    const starts = ['+7', '8', '7', ''];
    const wrong: string[] = [];
    for (let code = 0; code < 10_000; code += 1) {
      const digits = `${starts[(code + Math.floor(code / 10)) % 4]}${String(code).padStart(4, '0')}123456`;
      if (differs(digits, digits.startsWith('+') ? '' : code % 3 === 0 ? 'KZ' : 'RU')) wrong.push(digits);
    }
    expect(wrong).toEqual([]);
  }, 30_000);

  it('are what the library gives, whatever the digits and the country', () => {
    const digits = fc.stringMatching(/^[0-9]{1,14}$/);
    const start = fc.constantFrom('', '+', '+7', '+1', '+33', '8', '7', '1', '0', '00', '810', '33', '800', '9', '930');
    fc.assert(
      fc.property(
        start,
        digits,
        fc.constantFrom(...countries),
        (before, rest, country) => !differs(before + rest, country),
      ),
      { numRuns: 2000 },
    );
  }, 30_000);

  it('are what the library gives, of the usual length', () => {
    const start = fc.constantFrom('', '+7', '+1', '8', '7', '1', '0', '33', '+33');
    const digits = fc.stringMatching(/^[0-9]{9,10}$/);
    fc.assert(
      fc.property(
        start,
        digits,
        fc.constantFrom(...countries),
        (before, rest, country) => !differs(before + rest, country),
      ),
      { numRuns: 2000 },
    );
  }, 30_000);

  it('are shown as the library shows them', () => {
    const wrong: string[] = [];
    for (let code = 0; code < 10_000; code += 3) {
      const e164 = `+7${String(code).padStart(4, '0')}${(code * 7919) % 1_000_000}`.padEnd(12, '5');
      if (formatPublicNumber(e164) !== formatByPlans(e164)) wrong.push(e164);
    }
    expect(wrong).toEqual([]);
    const start = fc.constantFrom('+7', '+1', '+33', '+7710', '+7727', '+1800');
    fc.assert(
      fc.property(start, fc.stringMatching(/^[0-9]{5,11}$/), (before, rest) => {
        expect(formatPublicNumber(before + rest)).toBe(formatByPlans(before + rest));
      }),
      { numRuns: 1000 },
    );
  }, 30_000);
});
