import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchKey } from '../numbers/match-key.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import { comparableDigits, compareKeys } from './compare-keys.ts';
import { tailOf } from './key-hash.ts';
import { someConfidence, someKey } from './merged-person.test-support.ts';

const office: NumberRules = {
  ...{ country: 'RU', areaCode: '495', dialOutPrefix: '', dialFormat: 'e164', internalMaxDigits: 4 },
};
const abroad: NumberRules = { ...office, country: 'ZZ', areaCode: '' };

function compare(asked: string, stored: string, rules = office): string {
  return compareKeys(matchKey(asked, rules)!, matchKey(stored, rules)!) ?? 'none';
}

// The table of docs/guides/matching.md.
describe('compareKeys', () => {
  it.each([
    ['+74951234567', '8 (495) 123-45-67', 'certain'],
    ['84951234567', '+7 495 123-45-67 доб. 12', 'certain'],
    ['4951234567', '+7 495 123-45-67', 'certain'],
    ['88002000600', '8 800 200-06-00', 'certain'],
    ['sip:ivan@pbx.local', 'Ivan@PBX.local', 'certain'],
    ['+74951234567', '123-45-67', 'local'],
    ['1234567', '8 495 123-45-67', 'local'],
    ['204', 'доб. 204', 'local'],
    ['*72', '*72', 'local'],
    ['+78121234567', '123-45-67', 'possible'],
    ['+79161234567', '123-45-67', 'possible'],
    ['+9161234567', '8 916 123-45-67', 'likely'],
    ['+73001234567', '8 300 123-45-67', 'likely'],
    ['84901234567', '+7 495 123-45-67', 'possible'],
    ['12345', '12345', 'possible'],
    ['+74951234567', '8 812 123-45-67', 'none'],
    ['+19162234567', '+7 916 223-45-67', 'none'],
    ['+18002000600', '8 800 200-06-00', 'none'],
    ['204', '8 495 123-02-04', 'none'],
    ['204', '205', 'none'],
    ['12345', '+7 495 121-23-45', 'none'],
    ['sip:74951234567@pbx.local', '+7 495 123-45-67', 'none'],
  ])('takes %s calling for %s: %s', (asked, stored, confidence) => {
    expect(compare(asked, stored)).toBe(confidence);
  });

  it.each([
    ['4951234567', '+7 495 123-45-67', 'likely'],
    ['1234567', '+7 495 123-45-67', 'possible'],
    ['1234567', '1234567', 'possible'],
  ])('takes %s for %s where the office’s country is not known: %s', (asked, stored, confidence) => {
    expect(compare(asked, stored, abroad)).toBe(confidence);
  });

  it('never compares what does not lie together', () => {
    const key = fc.oneof(someKey, fc.stringMatching(/^\+?[0-9*#]{1,12}$/));
    fc.assert(
      fc.property(key, key, (one, other) => {
        const seven = (text: string) => comparableDigits(text)?.slice(-7);
        const alike = seven(one) !== undefined && seven(one) === seven(other);
        if (alike || one === other) expect(tailOf(one)).toBe(tailOf(other));
        if (seven(one) !== undefined) expect(tailOf(one)).toBe(Number(seven(one)));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same from either side, and never surer than either', () => {
    const key = fc.record({ key: someKey, confidence: someConfidence });
    fc.assert(
      fc.property(key, key, (one, other) => {
        const grade = compareKeys(one, other);
        expect(compareKeys(other, one)).toBe(grade);
        const sides = [one.confidence, other.confidence];
        if (sides.includes('weak')) expect([null, 'likely', 'possible']).toContain(grade);
        if (sides.includes('local')) expect(grade).not.toBe('certain');
        if (grade === 'certain' || grade === 'local') expect(one.key).toBe(other.key);
      }),
      { numRuns: 500 },
    );
  });
});
