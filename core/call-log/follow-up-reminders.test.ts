import { expect, it } from 'vitest';
import { silentLogger } from '#core/foundation/index.ts';
import { answered, memoryDesk } from './call-archive.test-support.ts';
import { FollowUpReminders } from './follow-up-reminders.ts';

const hour = 3_600_000;

async function desk() {
  const { log, archive, clock } = memoryDesk();
  for (const count of [0, 1]) await log.record(answered(count));
  const reminders = new FollowUpReminders({ archive, clock, logger: silentLogger });
  const told: string[][] = [];
  reminders.onDue((calls) => told.push(calls.map(({ record }) => record.id)));
  return { archive, clock, reminders, told, now: clock.now() };
}

it('reminds at the time of a follow-up, once', async () => {
  const { archive, clock, reminders, told, now } = await desk();
  await reminders.start();
  await archive.annotate('call-0', { followUpAt: now + hour });
  clock.advance(hour - 1);
  expect(told).toEqual([]);
  clock.advance(1);
  clock.advance(10 * hour);
  expect(told).toEqual([['call-0']]);
  reminders.dispose();
});

it('tells at start of what fell due while nobody was there', async () => {
  const { archive, reminders, told, now } = await desk();
  await archive.annotate('call-0', { followUpAt: now - hour });
  await archive.annotate('call-1', { followUpAt: now - 2 * hour });
  await reminders.start();
  expect(told).toEqual([['call-1', 'call-0']]);
  reminders.dispose();
});

it('comes again after a snooze, and not when it is done', async () => {
  const { archive, clock, reminders, told, now } = await desk();
  await reminders.start();
  await archive.annotate('call-0', { followUpAt: now });
  await archive.annotate('call-0', { snoozedUntil: now + hour });
  clock.advance(hour);
  expect(told).toEqual([['call-0'], ['call-0']]);
  await archive.annotate('call-0', { snoozedUntil: now + 2 * hour });
  await archive.annotate('call-0', { followUpDone: true });
  clock.advance(3 * hour);
  expect(told).toHaveLength(2);
  reminders.dispose();
});

it('waits for a date that is further away than a timer can be set', async () => {
  const { archive, clock, reminders, told, now } = await desk();
  await reminders.start();
  await archive.annotate('call-0', { followUpAt: now + 60 * 24 * hour });
  clock.advance(59 * 24 * hour);
  expect(told).toEqual([]);
  clock.advance(24 * hour);
  expect(told).toEqual([['call-0']]);
  reminders.dispose();
  expect(clock.pendingTimers).toBe(0);
});

it('reminds soon after the computer has slept beyond the time', async () => {
  const { archive, clock, reminders, told, now } = await desk();
  await reminders.start();
  await archive.annotate('call-0', { followUpAt: now + 9 * hour });
  clock.setBack(-10 * hour);
  expect(told).toEqual([]);
  clock.advance(60_000);
  expect(told).toEqual([['call-0']]);
  reminders.dispose();
});
