import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refreshDelay, retryDelay } from './back-off.ts';

test.each([
  ['unreachable' as const, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]],
  ['refused' as const, [30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]],
  ['wrong-password' as const, [300_000, 600_000, 1_200_000, 2_400_000, 3_600_000, 3_600_000]],
])('%s: the delays double up to a limit', (kind, wanted) => {
  expect(wanted.map((_delay, index) => retryDelay(kind, index + 1, null, 0.5))).toEqual(wanted);
});

test('chance moves a delay by a quarter at most, and never below what the server asked for', () => {
  const inputs = fc.tuple(
    fc.integer({ min: 1, max: 1000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.option(fc.integer({ min: 0, max: 10_000_000 })),
  );
  fc.assert(
    fc.property(inputs, ([failures, random, retryAfter]) => {
      const middle = retryDelay('unreachable', failures, null, 0.5);
      const delay = retryDelay('unreachable', failures, retryAfter, random);
      const asked = Math.min(retryAfter ?? 0, 3_600_000);
      expect(delay).toBeGreaterThanOrEqual(Math.max(asked, Math.floor(middle * 0.75)));
      expect(delay).toBeLessThanOrEqual(Math.max(asked, Math.ceil(middle * 1.25)));
    }),
  );
});

test('a binding is refreshed before it ends, however short it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 86_400 }), fc.double({ min: 0, max: 1, noNaN: true }), (expires, random) => {
      expect(refreshDelay(expires, random)).toBeLessThan(expires * 1000 * 0.9);
    }),
  );
});
