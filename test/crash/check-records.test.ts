import { describe, expect, it } from 'vitest';
import type { CallRecord } from '#contract/ipc/index.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { checkRecords, withoutRecord, type WitnessedCall } from './check-records.ts';

const call = (id: string, fields: Partial<CallRecord> = {}) => callRecordOf({ id, sipCallId: `${id}@test`, ...fields });
const evidence = (records: CallRecord[], witnessed: WitnessedCall[] = []) => ({
  acknowledged: new Map(records.map((record) => [record.id, record])),
  witnessed,
});
const kinds = (findings: ReturnType<typeof checkRecords>) => findings.map(({ kind }) => kind);

describe('what is left after a crash', () => {
  it('is in order when every acknowledged call is there as it was, beside others', () => {
    const records = [call('a'), call('b'), call('cut', { disposition: 'cut' })];
    expect(checkRecords(records, evidence([call('a'), call('b')]), Infinity)).toEqual([]);
  });

  it('lacks a call that was acknowledged', () => {
    expect(checkRecords([call('a')], evidence([call('a'), call('b')]), Infinity)).toEqual([
      { kind: 'lost', what: 'b' },
    ]);
  });

  it.each([
    ['another disposition', { disposition: 'cut' as const }],
    ['another end', { endedAt: 1_767_225_610_001 }],
    ['no answer', { answeredAt: null }],
  ])('has an acknowledged call with %s', (_what, fields) => {
    expect(kinds(checkRecords([call('a', fields)], evidence([call('a')]), Infinity))).toEqual(['changed']);
  });

  it('takes the whole millisecond for the fraction that was acknowledged', () => {
    const records = [call('a', { answeredAt: 1_767_225_601_000 })];
    expect(checkRecords(records, evidence([call('a', { answeredAt: 1_767_225_600_999.7 })]), Infinity)).toEqual([]);
  });

  it('has a call twice, under one id or under two', () => {
    expect(kinds(checkRecords([call('a'), call('a', { sipCallId: 'other' })], evidence([]), Infinity))).toEqual([
      'twice',
    ]);
    expect(kinds(checkRecords([call('a'), call('b', { sipCallId: 'a@test' })], evidence([]), Infinity))).toEqual([
      'twice',
    ]);
  });

  it('has a call open that no living agent can have', () => {
    const open = call('a', { endedAt: null, disposition: null });
    expect(checkRecords([open], evidence([]), open.offeredAt + 1)).toEqual([{ kind: 'open', what: 'a' }]);
    expect(checkRecords([open], evidence([]), open.offeredAt)).toEqual([]);
  });

  it('lacks a call that somebody else saw end', () => {
    const seen = {
      sipCallId: 'b@test',
      number: '600',
      direction: 'outgoing' as const,
      startedAt: 1,
      knownAt: 1,
      endedAt: 2,
    };
    expect(kinds(checkRecords([call('a')], evidence([], [seen]), Infinity))).toEqual(['unseen']);
    expect(checkRecords([call('b')], evidence([], [seen]), Infinity)).toEqual([]);
  });
});

describe('a call that another party placed', () => {
  const seen = {
    sipCallId: null,
    number: '250',
    direction: 'incoming' as const,
    startedAt: 1000,
    knownAt: 1010,
    endedAt: 1200,
  };

  it('is known by the party’s number and the time', () => {
    expect(withoutRecord([seen], [call('a', { number: '250', offeredAt: 1005 })])).toEqual([]);
  });

  it.each([
    ['an earlier call of the same party', { number: '250', offeredAt: 900 }],
    ['a call of another one', { number: '251', offeredAt: 1005 }],
    ['a call to it', { number: '250', offeredAt: 1005, direction: 'outgoing' as const }],
  ])('is not taken for %s', (_what, fields) => {
    expect(withoutRecord([seen], [call('a', fields)])).toEqual([seen]);
  });
});
