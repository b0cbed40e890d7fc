import { expect, it } from 'vitest';
import type { ApiCall } from '#contract/local-api/index.ts';
import { apiCallOf } from '#test/support/local-api-stand-in.ts';
import { english } from '../words/english.ts';
import { pickCall } from './pick-call.ts';

const call = (id: string, state: ApiCall['state'], startedAt = 0) => apiCallOf({ id, state, startedAt });
const picked = (act: Parameters<typeof pickCall>[0], calls: ApiCall[], named?: string) =>
  pickCall(act, calls, named, english);

it('answers the call that has been ringing longest', () => {
  const calls = [call('new', 'offering', 20), call('old', 'offering', 10), call('up', 'connected', 0)];
  expect(picked('answer', calls)).toMatchObject({ call: { id: 'old' }, of: 2 });
});

it('hangs up the one that is talked in, before the one that is dialled, that rings, that is held', () => {
  const calls = [
    call('held', 'onHold'),
    call('rings', 'offering'),
    call('dialled', 'ringback'),
    call('up', 'connected'),
  ];
  const order: string[] = [];
  while (calls.length > 0) {
    const { call: next } = picked('hangup', calls);
    order.push(next.id);
    calls.splice(calls.indexOf(next), 1);
  }
  expect(order).toEqual(['up', 'dialled', 'rings', 'held']);
});

it('takes back the one that was held last', () => {
  expect(picked('unhold', [call('a', 'onHold', 1), call('b', 'onHold', 2)]).call.id).toBe('b');
});

it('takes a name for the whole id, or for four characters of its beginning that leave no doubt', () => {
  const calls = [call('abcd-1', 'connected'), call('abcd-2', 'onHold'), call('xyz', 'onHold')];
  expect(picked('hold', calls, 'abcd-1').call.id).toBe('abcd-1');
  expect(picked('hold', calls, 'xyz').call.id).toBe('xyz');
  expect(() => picked('hold', calls, 'abcd')).toThrow(english.ambiguousCall('abcd'));
  expect(() => picked('hold', calls, 'xy')).toThrow(english.noSuchCall('xy'));
});

it('says so where there is no such call, and leaves those alone that are over', () => {
  expect(() => picked('hold', [])).toThrow(english.noCallFor.hold);
  expect(() => picked('hangup', [apiCallOf({ endedAt: 3 })])).toThrow(english.noCallFor.hangup);
});
