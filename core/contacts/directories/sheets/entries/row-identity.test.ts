import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowKeys, type RowIdentity } from './row-identity.ts';

const row = (number: string, name: string, id = ''): RowIdentity => ({ number, name, id });
const keysOf = (rows: readonly RowIdentity[]) => {
  const keys = new RowKeys('');
  return rows.map((each) => keys.keyOf(each));
};

describe('the key of a row', () => {
  it('is the same however the number and the name are written', () => {
    const [one] = keysOf([row('8 (916) 123-45-67', 'Королёв  Пётр')]);
    expect(keysOf([row('+7 916 123-45-67 доб. 12', 'королев петр')])).toEqual([one]);
    expect(keysOf([row('8 (916) 123-45-68', 'Королёв Пётр')])).not.toEqual([one]);
  });

  it('is its id, whatever else changes', () => {
    expect(keysOf([row('1234567', 'Ольга', 'К-17')])).toEqual(keysOf([row('7654321', 'Иван', ' К-17 ')]));
  });

  it('differs for each row, also where an id comes twice', () => {
    const rows = [
      row('1', 'a', 'x'),
      row('2', 'b', 'x'),
      row('2', 'b', 'x'),
      row('1', 'a'),
      row('1', 'a'),
      row('', 'a'),
    ];
    expect(new Set(keysOf(rows)).size).toBe(rows.length);
  });

  it('belongs to the same rows after any sorting', () => {
    const short = fc.constantFrom('', 'a', 'b', 'c');
    const identity = fc.record({
      id: fc.constantFrom('', '', 'x', 'y'),
      number: fc.constantFrom('1234567', '7654321'),
      name: short,
    });
    fc.assert(
      fc.property(fc.array(identity, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (rows, order) => {
        const distinct = [
          ...new Map(rows.map((each) => [each.id === '' ? JSON.stringify(each) : each.id, each])).values(),
        ];
        const sorted = distinct.map((each) => ({ each, by: order.next().value as number })).sort((a, b) => a.by - b.by);
        const before = new Map(distinct.map((each, index) => [each, keysOf(distinct)[index]]));
        const after = keysOf(sorted.map(({ each }) => each));
        expect(sorted.map(({ each }) => before.get(each))).toEqual(after);
      }),
      { numRuns: 100 },
    );
  });
});
