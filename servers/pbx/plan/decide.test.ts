import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { CallRequest, Dialable, ExchangeState } from './plan.ts';

const user = (extension: string, more: Partial<Extract<Dialable, { kind: 'user' }>> = {}): Dialable => ({
  kind: 'user',
  extension,
  maximumCalls: 2,
  ringFor: 30,
  ifNotAnswered: null,
  ...more,
});

function exchange(
  places: Dialable[],
  phones: Record<string, string[]> = {},
  more: Partial<ExchangeState> & { calls?: Record<string, number> } = {},
): ExchangeState {
  return {
    find: (number) => places.find((place) => ('extension' in place ? place.extension : place.number) === number) ?? null,
    phones: (extension) => (phones[extension] ?? []).map((id) => ({ id })),
    callsOf: (extension) => more.calls?.[extension] ?? 0,
    nameOf: (extension) => `Name ${extension}`,
    activeCalls: more.activeCalls ?? 0,
    maximumCalls: more.maximumCalls ?? 100,
  };
}

const call = (dialled: string, more: Partial<CallRequest> = {}): CallRequest => ({
  caller: '101',
  callerPhone: 'phone-101',
  dialled,
  ownDomain: true,
  withheld: false,
  ...more,
});

describe('decide', () => {
  it('rings every phone of an extension at once, then says that nobody answered', () => {
    const plan = decide(call('102'), exchange([user('102')], { '102': ['desk', 'laptop'] }));
    expect(plan.steps).toEqual([
      {
        do: 'ring',
        targets: [
          { extension: '102', phone: 'desk' },
          { extension: '102', phone: 'laptop' },
        ],
        seconds: 30,
      },
      { do: 'reject', status: 480, reason: 'No Answer' },
    ]);
  });

  it('refuses whoever has not proved who they are, whatever they dial', () => {
    const state = exchange([user('102'), { kind: 'service', number: '600', service: 'echo' }], { '102': ['desk'] });
    for (const dialled of ['102', '600', '84951234567'])
      expect(decide(call(dialled, { caller: null }), state).steps).toEqual([{ do: 'reject', status: 403, reason: 'Forbidden' }]);
  });

  it('relays nothing to a foreign domain', () => {
    const plan = decide(call('102', { ownDomain: false }), exchange([user('102')], { '102': ['desk'] }));
    expect(plan.steps).toEqual([{ do: 'reject', status: 403, reason: 'No Relaying' }]);
  });

  it('answers 404 for a number that nobody has', () => {
    expect(decide(call('999'), exchange([])).steps).toEqual([{ do: 'reject', status: 404, reason: 'Not Found' }]);
  });

  it('answers 480 when no phone is registered and 486 when all calls are taken', () => {
    expect(decide(call('102'), exchange([user('102')])).steps).toEqual([{ do: 'reject', status: 480, reason: 'Not Registered' }]);
    const busy = exchange([user('102')], { '102': ['desk'] }, { calls: { '102': 2 } });
    expect(decide(call('102'), busy).steps).toEqual([{ do: 'reject', status: 486, reason: 'Busy Here' }]);
  });

  it('rings a group together, without the caller and without busy members', () => {
    const group: Dialable = { kind: 'group', number: '200', members: ['101', '102', '103', '104'], order: 'together', ringFor: 20, ifNotAnswered: null };
    const state = exchange(
      [group, user('101'), user('102'), user('103'), user('104')],
      { '101': ['a'], '102': ['b'], '103': ['c'], '104': ['d'] },
      { calls: { '103': 2 } },
    );
    expect(decide(call('200'), state).steps).toEqual([
      {
        do: 'ring',
        targets: [
          { extension: '102', phone: 'b' },
          { extension: '104', phone: 'd' },
        ],
        seconds: 20,
      },
      { do: 'reject', status: 480, reason: 'No Answer' },
    ]);
  });

  it('rings a group in turn, one step a member', () => {
    const group: Dialable = { kind: 'group', number: '200', members: ['103', '102'], order: 'in-turn', ringFor: 10, ifNotAnswered: '600' };
    const state = exchange([group, user('102'), user('103'), { kind: 'service', number: '600', service: 'echo' }], {
      '102': ['b'],
      '103': ['c'],
    });
    expect(decide(call('200'), state).steps.map((step) => (step.do === 'ring' ? step.targets[0]!.extension : step.do))).toEqual([
      '103',
      '102',
      'echo',
    ]);
  });

  it('follows diversions and ends a circle of them with the word of the number dialled', () => {
    const places = [user('102', { ifNotAnswered: '103' }), user('103', { ifNotAnswered: '102' })];
    const plan = decide(call('102'), exchange(places, { '103': ['c'] }));
    expect(plan.steps).toEqual([
      { do: 'ring', targets: [{ extension: '103', phone: 'c' }], seconds: 30 },
      { do: 'reject', status: 480, reason: 'Not Registered' },
    ]);
  });

  it('is busy to a call from its only phone, and rings the second one', () => {
    const only = exchange([user('101')], { '101': ['phone-101'] });
    expect(decide(call('101'), only).steps).toEqual([{ do: 'reject', status: 486, reason: 'Busy Here' }]);
    const two = exchange([user('101')], { '101': ['phone-101', 'laptop'] });
    expect(decide(call('101'), two).steps[0]).toEqual({ do: 'ring', targets: [{ extension: '101', phone: 'laptop' }], seconds: 30 });
  });

  it('answers 503 when the exchange is full', () => {
    const state = exchange([user('102')], { '102': ['desk'] }, { activeCalls: 5, maximumCalls: 5 });
    expect(decide(call('102'), state).steps).toEqual([{ do: 'reject', status: 503, reason: 'All Lines Busy' }]);
  });

  it('shows the caller by extension and name, and not at all when withheld', () => {
    const state = exchange([user('102')], { '102': ['desk'] });
    expect(decide(call('102'), state).presented).toEqual({ withheld: false, extension: '101', name: 'Name 101' });
    expect(decide(call('102', { withheld: true }), state).presented).toEqual({ withheld: true });
  });

  const numbers = fc.constantFrom('101', '102', '103', '200', '201', '600', '999');
  const place = fc.oneof(
    fc.record({
      kind: fc.constant('user' as const),
      extension: fc.constantFrom('101', '102', '103'),
      maximumCalls: fc.integer({ min: 1, max: 3 }),
      ringFor: fc.integer({ min: 1, max: 60 }),
      ifNotAnswered: fc.option(numbers),
    }),
    fc.record({
      kind: fc.constant('group' as const),
      number: fc.constantFrom('200', '201'),
      members: fc.array(numbers, { maxLength: 5 }),
      order: fc.constantFrom('together' as const, 'in-turn' as const),
      ringFor: fc.integer({ min: 1, max: 60 }),
      ifNotAnswered: fc.option(numbers),
    }),
    fc.record({ kind: fc.constant('service' as const), number: fc.constant('600'), service: fc.constantFrom('echo' as const, 'menu' as const, 'music' as const) }),
  );

  it('always ends, with exactly one last word, and never rings the calling phone or an unknown one', () => {
    const registrations = fc.dictionary(fc.constantFrom('101', '102', '103'), fc.array(fc.constantFrom('phone-101', 'b', 'c'), { maxLength: 3 }));
    const requests = fc.record({
      caller: fc.option(fc.constantFrom('101', '102')),
      callerPhone: fc.option(fc.constant('phone-101')),
      dialled: fc.oneof(numbers, fc.string()),
      ownDomain: fc.boolean(),
      withheld: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), registrations, requests, fc.nat(3), (places, phones, request, activeCalls) => {
        const state = exchange(places, phones, { activeCalls, maximumCalls: 3 });
        const { steps, presented } = decide(request, state);
        expect(steps.slice(0, -1).every((step) => step.do === 'ring')).toBe(true);
        expect(steps.at(-1)!.do).not.toBe('ring');
        const targets = steps.flatMap((step) => (step.do === 'ring' ? step.targets : []));
        for (const target of targets) {
          expect(phones[target.extension]).toContain(target.phone);
          if (request.callerPhone !== null) expect(target.phone).not.toBe(request.callerPhone);
        }
        if (request.caller === null || !request.ownDomain || activeCalls >= 3) expect(steps).toHaveLength(1);
        if (request.withheld) expect(presented).toEqual({ withheld: true });
        expect(decide(request, state)).toEqual({ steps, presented });
      }),
      { numRuns: 500 },
    );
  });
});
