import { expect, it } from 'vitest';
import type { Call } from '#core/calls/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { Emitter } from '#core/foundation/index.ts';
import { WritePace } from '#core/storage/index.ts';
import { paceWriting } from './pace-writing.ts';

it('gives way while a call is up, and until its record has surely been written', () => {
  const [clock, pace, changed] = [new FakeClock(), new WritePace(), new Emitter<never>()];
  let live: Call[] = [];
  const tell = (calls: Call[]) => {
    live = calls;
    changed.fire(undefined as never);
  };
  const pacing = paceWriting({ live: () => live, onChanged: changed.event }, pace, clock);
  const free = pace.slice.hold;
  tell([{} as Call]);
  expect(pace.slice.hold).toBeLessThan(free);
  tell([]);
  clock.advance(4999);
  expect(pace.slice.hold).toBeLessThan(free);
  clock.advance(1);
  expect(pace.slice.hold).toBe(free);
  tell([{} as Call]);
  tell([]);
  pacing.dispose();
});
