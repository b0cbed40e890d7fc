import { describe, expect, it } from 'vitest';
import type { Scope } from '#contract/local-api/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { EventHub, type EventListener } from './event-hub.ts';

function listener(programId: string | null, scopes: Scope[]) {
  const log: string[] = [];
  const ear: EventListener = {
    programId,
    scopes: new Set(scopes),
    send: ({ text }) => log.push(String(text)),
    beat: () => log.push('beat'),
    close: () => log.push('closed'),
  };
  return { ear, log };
}

describe('the hub of events', () => {
  it('gives signs of life every 15 seconds while anybody listens', () => {
    const clock = new FakeClock();
    const hub = new EventHub(clock);
    expect(clock.pendingTimers).toBe(0);
    const { ear, log } = listener(null, []);
    const listening = hub.add(ear, { calls: [] });
    clock.advance(30_000);
    expect(log).toEqual(['beat', 'beat']);
    listening.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('writes each event once, numbered in its order', () => {
    const hub = new EventHub(new FakeClock());
    const [one, other] = [listener(null, ['calls:read']), listener('a', ['calls:read'])];
    hub.add(one.ear, { calls: [] });
    hub.add(other.ear, { calls: [] });
    hub.tell('lines.changed', { lines: [] });
    expect(one.log).toEqual([
      '{"id":1,"event":"calls.snapshot","data":{"calls":[]}}',
      '{"id":3,"event":"lines.changed","data":{"lines":[]}}',
    ]);
    expect(other.log.at(-1)).toBe(one.log.at(-1));
    hub.dispose();
  });

  it('closes what one program listens with, or everybody', () => {
    const clock = new FakeClock();
    const hub = new EventHub(clock);
    const [one, other] = [listener('a', []), listener('b', [])];
    hub.add(one.ear, { calls: [] });
    hub.add(other.ear, { calls: [] });
    hub.close('a');
    expect([one.log, other.log]).toEqual([['closed'], []]);
    hub.close();
    expect(other.log).toEqual(['closed']);
    expect([hub.count, clock.pendingTimers]).toEqual([0, 0]);
  });
});
