import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInPlans, findPublicNumber, formatByPlans, formatPublicNumber } from './numbering-plan.ts';

const countries = ['RU', 'KZ', 'US', 'FR', 'DE', 'BY', ''];

describe('numbers of known ranges', () => {
  it('are what the library gives, in every range of Russia and Kazakhstan and between them', () => {
    for (let code = 0; code < 10_000; code += 1) {
      const national = String(code).padStart(4, '0') + '123456';
      for (const start of ['+7', '8', '7', '']) {
        const country = start === '+7' ? '' : code % 2 === 0 ? 'RU' : 'KZ';
        expect(findPublicNumber(start + national, country)).toEqual(findInPlans(start + national, country));
      }
    }
  }, 30_000);

  it('are what the library gives, whatever the digits and the country', () => {
    const digits = fc.stringMatching(/^[0-9]{1,14}$/);
    const start = fc.constantFrom('', '+', '+7', '+1', '+33', '8', '7', '1', '0', '00', '810', '33', '800', '9', '930');
    fc.assert(
      fc.property(start, digits, fc.constantFrom(...countries), (before, rest, country) => {
        expect(findPublicNumber(before + rest, country)).toEqual(findInPlans(before + rest, country));
      }),
      { numRuns: 10_000 },
    );
  });

  it('are what the library gives, of the usual length', () => {
    const start = fc.constantFrom('', '+7', '+1', '8', '7', '1', '0', '33', '+33');
    fc.assert(
      fc.property(start, fc.stringMatching(/^[0-9]{9,10}$/), fc.constantFrom(...countries), (before, rest, country) => {
        expect(findPublicNumber(before + rest, country)).toEqual(findInPlans(before + rest, country));
      }),
      { numRuns: 10_000 },
    );
  });

  it('are shown as the library shows them', () => {
    for (let code = 0; code < 10_000; code += 1) {
      const e164 = `+7${String(code).padStart(4, '0')}${(code * 7919) % 1_000_000}`.padEnd(12, '5');
      expect(formatPublicNumber(e164)).toBe(formatByPlans(e164));
    }
    const start = fc.constantFrom('+7', '+1', '+33', '+7710', '+7727', '+1800');
    fc.assert(
      fc.property(start, fc.stringMatching(/^[0-9]{5,11}$/), (before, rest) => {
        expect(formatPublicNumber(before + rest)).toBe(formatByPlans(before + rest));
      }),
      { numRuns: 3000 },
    );
  }, 30_000);
});
