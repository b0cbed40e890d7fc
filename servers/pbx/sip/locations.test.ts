import { describe, expect, it } from 'vitest';
import { Emitter } from '#core/foundation/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import type { SipFlow } from '#core/sip/transports/index.ts';
import { Locations, type Binding } from './locations.ts';

let count = 0;
function flow(): SipFlow & { closed: boolean } {
  count += 1;
  const local = { address: '127.0.0.1', port: 5060 };
  const remote = { address: '127.0.0.1', port: 6000 + count };
  return { id: `f${count}`, protocol: 'tcp', role: 'accepted', local, remote, closed: false, onClosed: new Emitter<Error | null>().event, send() {}, ping() {}, close() {}, lastHeard: 0 };
}

const binding = (clock: FakeClock, more: Partial<Binding> = {}): Omit<Binding, 'id'> => ({
  extension: '101',
  contact: 'sip:101@10.0.0.1',
  instance: null,
  flow: flow(),
  callId: 'a',
  sequence: 1,
  expires: clock.monotonic() + 60_000,
  ...more,
});

describe('locations', () => {
  it('keep a phone until its time is over, and its id through refreshes', () => {
    const clock = new FakeClock();
    const locations = new Locations(clock);
    locations.put(binding(clock));
    const id = locations.of('101')[0]!.id;
    clock.advance(50_000);
    expect(locations.put(binding(clock, { sequence: 2 }))).toBe(true);
    clock.advance(50_000);
    expect(locations.of('101').map((entry) => entry.id)).toEqual([id]);
    clock.advance(10_001);
    expect(locations.of('101')).toEqual([]);
    expect(locations.size).toBe(0);
  });

  it('refuse a request that comes late (RFC 3261 10.3)', () => {
    const clock = new FakeClock();
    const locations = new Locations(clock);
    locations.put(binding(clock, { sequence: 5 }));
    expect(locations.put(binding(clock, { sequence: 5 }))).toBe(false);
    expect(locations.put(binding(clock, { sequence: 4, callId: 'b' }))).toBe(true);
  });

  it('know the same phone by its instance when its address changes, and forget it when its connection ends', () => {
    const clock = new FakeClock();
    const locations = new Locations(clock);
    locations.put(binding(clock, { instance: 'urn:1' }));
    const later = binding(clock, { instance: 'urn:1', contact: 'sip:101@10.0.0.2', sequence: 2 });
    locations.put(later);
    expect(locations.of('101').map(({ contact }) => contact)).toEqual(['sip:101@10.0.0.2']);
    (later.flow as { closed: boolean }).closed = true;
    expect(locations.of('101')).toEqual([]);
  });

  it('hold ten phones of an extension at the most, the newest', () => {
    const clock = new FakeClock();
    const locations = new Locations(clock);
    for (let phone = 0; phone < 15; phone += 1) locations.put(binding(clock, { contact: `sip:101@10.0.0.${phone}` }));
    expect(locations.of('101')).toHaveLength(10);
    expect(locations.of('101').at(-1)!.contact).toBe('sip:101@10.0.0.14');
  });
});
