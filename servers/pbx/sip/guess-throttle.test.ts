import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { GuessThrottle } from './guess-throttle.ts';

describe('the throttle on guessing', () => {
  it('lets people mistype, then waits one second, two, four and so on up to a quarter of an hour', () => {
    const clock = new FakeClock();
    const throttle = new GuessThrottle(clock);
    const waits: number[] = [];
    for (let guess = 0; guess < 16; guess += 1) {
      throttle.failed('10.0.0.9', '101');
      const wait = throttle.blockedFor('10.0.0.9', '101');
      waits.push(wait / 1000);
      clock.advance(wait);
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  it('does not lock the owner out at another address, and forgives after the right password', () => {
    const throttle = new GuessThrottle(new FakeClock());
    for (let guess = 0; guess < 6; guess += 1) throttle.failed('10.0.0.9', '101');
    expect(throttle.blockedFor('10.0.0.5', '101')).toBe(0);
    expect(throttle.blockedFor('10.0.0.9', '101')).toBeGreaterThan(0);
    throttle.succeeded('10.0.0.9', '101');
    expect(throttle.blockedFor('10.0.0.9', '101')).toBe(0);
  });

  it('slows down an address that tries one password on many users', () => {
    const throttle = new GuessThrottle(new FakeClock());
    for (let user = 100; user < 140; user += 1) throttle.failed('10.0.0.9', String(user));
    expect(throttle.blockedFor('10.0.0.9', '500')).toBeGreaterThan(0);
    throttle.succeeded('10.0.0.9', '101');
    expect(throttle.blockedFor('10.0.0.9', '500')).toBeGreaterThan(0);
  });

  it('forgets after an hour without a failure', () => {
    const clock = new FakeClock();
    const throttle = new GuessThrottle(clock);
    for (let guess = 0; guess < 4; guess += 1) throttle.failed('10.0.0.9', '101');
    clock.advance(3_600_001);
    throttle.failed('10.0.0.9', '101');
    expect(throttle.blockedFor('10.0.0.9', '101')).toBe(0);
  });

  it('keeps a bounded table, whatever is tried', () => {
    const throttle = new GuessThrottle(new FakeClock());
    for (let index = 0; index < 30_000; index += 1) throttle.failed(`10.0.${index >> 8}.${index & 255}`, String(index));
    expect(throttle.size).toBeLessThanOrEqual(10_000);
    fc.assert(fc.property(fc.string(), fc.string(), (address, user) => throttle.blockedFor(address, user) >= 0));
  });
});
