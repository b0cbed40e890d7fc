import { describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { RateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  it('lets a burst through, then one at a time', () => {
    const clock = new FakeClock();
    const limit = new RateLimit({ burst: 3, each: 1000 }, clock);
    expect([1, 2, 3].map(() => limit.take('a'))).toEqual([0, 0, 0]);
    expect(limit.take('a')).toBe(1000);
    clock.advance(400);
    expect(limit.take('a')).toBe(600);
    clock.advance(600);
    expect(limit.take('a')).toBe(0);
    expect(limit.take('a')).toBe(1000);
  });

  it('counts each caller apart, and nothing that it refuses', () => {
    const clock = new FakeClock();
    const limit = new RateLimit({ burst: 1, each: 1000 }, clock);
    expect(limit.take('a')).toBe(0);
    for (let round = 0; round < 100; round++) expect(limit.take('a')).toBe(1000);
    expect(limit.take('b')).toBe(0);
    clock.advance(1000);
    expect(limit.take('a')).toBe(0);
  });

  it('gives the whole burst again to one who was silent for long', () => {
    const clock = new FakeClock();
    const limit = new RateLimit({ burst: 2, each: 1000 }, clock);
    limit.take('a');
    limit.take('a');
    clock.advance(60_000);
    expect([1, 2, 3].map(() => limit.take('a'))).toEqual([0, 0, 1000]);
  });

  it('remembers no more callers than fit', () => {
    const clock = new FakeClock();
    const limit = new RateLimit({ burst: 1, each: 1000 }, clock);
    for (let caller = 0; caller < 5000; caller++) {
      limit.take(String(caller));
      clock.advance(2);
    }
    expect(limit.take('4999')).toBeGreaterThan(0);
    expect(limit.take('0')).toBe(0);
  });
});
