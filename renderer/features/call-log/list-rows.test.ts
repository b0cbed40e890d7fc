import { describe, expect, it } from 'vitest';
import type { LoggedCall } from '#contract/ipc/index.ts';
import { sampleLoggedCall } from '#renderer/gallery/samples.ts';
import { RowMaker } from './list-rows.ts';
import { rowAtOffset, shiftOfRows } from './row-offsets.ts';

const noon = new Date(2026, 10, 22, 12).getTime();
const hour = 3_600_000;
const at = (hours: number, number: string | null, more = {}) =>
  sampleLoggedCall({
    id: `${number}@${hours}`,
    offeredAt: noon - hours * hour,
    number,
    withheld: number === null,
    ...more,
  });
const none: ReadonlySet<string> = new Set();
const toRows = (calls: LoggedCall[], unfolded: ReadonlySet<string>) => new RowMaker().rows(calls, unfolded);
const keysOf = (rows: ReturnType<typeof toRows>) =>
  rows.map((row) => (row.kind === 'day' ? 'day' : row.call.record.id));

describe('the rows of the list', () => {
  it('stand under their days, the calls of one party in a day as one row at its newest', () => {
    const rows = toRows([at(0, '1'), at(1, '2'), at(2, '1'), at(13, '1')], none);
    expect(keysOf(rows)).toEqual(['day', '1@0', '2@1', 'day', '1@13']);
    expect(rows[1]).toMatchObject({ older: [{ record: { id: '1@2' } }] });
  });

  it('go by the person where one is known, whichever number was used', () => {
    const person = { id: 'p', name: 'Ольга' };
    expect(
      keysOf(
        toRows(
          [
            { ...at(0, '1'), person },
            { ...at(1, '2'), person },
          ],
          none,
        ),
      ),
    ).toEqual(['day', '1@0']);
  });

  it('keep withheld numbers apart: nobody knows whether they are one', () => {
    expect(keysOf(toRows([at(0, null), at(1, null)], none))).toEqual(['day', 'null@0', 'null@1']);
  });

  it('show every call of a party that is unfolded, once', () => {
    const calls = [at(0, '1'), at(1, '2'), at(2, '1')];
    const key = toRows(calls, none)[1]!.key;
    expect(keysOf(toRows(calls, new Set([key])))).toEqual(['day', '1@0', '1@2', '2@1']);
  });

  it('are open where any call in them was missed and is not handled', () => {
    const missed = { disposition: 'missed' as const, answeredAt: null };
    const handled = { ...at(2, '2', missed), missed: { handledAt: noon, handledBy: null } };
    const rows = toRows([at(0, '1'), at(1, '1', missed), handled], none);
    expect(rows.map((row) => row.kind === 'party' && row.open)).toEqual([false, true, false]);
  });

  it('are the same ones for days in which nothing changed', () => {
    const maker = new RowMaker();
    const [today, yesterday] = [
      [at(0, '1'), at(1, '1')],
      [at(13, '1'), at(14, '2')],
    ];
    const before = maker.rows([...today, ...yesterday], none);
    const changed = { ...yesterday[1]!, person: { id: 'p', name: 'Ольга' } };
    const after = maker.rows([...today, yesterday[0]!, changed], none);
    expect(after[1]).toBe(before[1]);
    expect(after.at(-1)).toMatchObject({ call: { person: { name: 'Ольга' } } });
    const key = before[1]!.key;
    expect(maker.rows(today, new Set([key]))).toHaveLength(3);
  });

  it('keep their keys when a newer call comes and when older pages are added', () => {
    const calls = [at(1, '1'), at(2, '2')];
    const before = toRows(calls, none).map(({ key }) => key);
    const after = toRows([at(0, '2'), ...calls, at(30, '3')], none).map(({ key }) => key);
    expect(before.every((key) => after.includes(key))).toBe(true);
  });
});

describe('the place that is looked at', () => {
  const calls = [at(1, '1'), at(2, '2'), at(3, '3'), at(4, '4')];
  const before = toRows(calls, none);

  it('is found by its offset', () => {
    expect([0, 31, 32, 83, 84, 10_000].map((offset) => rowAtOffset(before, offset))).toEqual([0, 0, 1, 1, 2, -1]);
  });

  it('moves with the rows that come above it, and not with those below', () => {
    const above = toRows([at(0, '9'), ...calls], none);
    expect(shiftOfRows(before, above, rowAtOffset(before, 140))).toBe(52);
    const below = toRows([...calls, at(5, '9')], none);
    expect(shiftOfRows(before, below, rowAtOffset(before, 140))).toBe(0);
  });

  it('goes by the next row where its own is gone', () => {
    const gone = toRows(
      calls.filter((call) => call.record.id !== '2@2'),
      none,
    );
    expect(shiftOfRows(before, gone, 2)).toBe(-52);
  });
});
