import { expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { memoryDialog } from '#core/sip/memory-user-agent.ts';
import { openDesk } from './call-desk.test-support.ts';
import { endOrphanedCalls, SEQUENCE_MARGIN } from './index.ts';
import { MemoryOpenDialogs } from './memory-open-dialogs.ts';

const DAY_MS = 24 * 3_600_000;
/** Lets what was promised come about. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A phone after a crash in a call on its first line. */
async function openAfterCrash(changes: { lineId?: string; age?: number } = {}) {
  const desk = await openDesk();
  const openDialogs = new MemoryOpenDialogs();
  const lineId = changes.lineId ?? desk.lines.snapshots()[0]!.id;
  const keptAt = desk.clock.now() - (changes.age ?? 0);
  await openDialogs.keep({ callId: 'left', lineId, keptAt, dialog: memoryDialog('sip-left') });
  openDialogs.restart();
  const begin = () => endOrphanedCalls({ openDialogs, lines: desk.lines, clock: desk.clock, logger: silentLogger });
  return { ...desk, userAgent: desk.userAgents[0]!, openDialogs, begin };
}

it('says goodbye with a number that the dead run cannot have used, and forgets the call', async () => {
  const { userAgent, begin, openDialogs } = await openAfterCrash();
  await begin();
  await settled();
  expect(userAgent.goodbyes).toEqual([{ ...memoryDialog('sip-left'), localSequence: 1 + SEQUENCE_MARGIN }]);
  expect(openDialogs.callIds).toEqual([]);
});

it('waits until the line is registered', async () => {
  const { userAgent, begin, openDialogs } = await openAfterCrash();
  userAgent.become('unreachable');
  await begin();
  await settled();
  expect([userAgent.goodbyes.length, openDialogs.callIds]).toEqual([0, ['left']]);
  userAgent.become('registered');
  await settled();
  expect([userAgent.goodbyes.length, openDialogs.callIds]).toEqual([1, []]);
  userAgent.become('registering');
  userAgent.become('registered');
  expect(userAgent.goodbyes).toHaveLength(1);
});

it('leaves a call of this run alone', async () => {
  const { userAgent, begin, openDialogs, lines, clock } = await openAfterCrash();
  userAgent.become('unreachable');
  const lineId = lines.snapshots()[0]!.id;
  await openDialogs.keep({ callId: 'present', lineId, keptAt: clock.now(), dialog: memoryDialog('sip-present') });
  await begin();
  userAgent.become('registered');
  await settled();
  expect(userAgent.goodbyes.map(({ callId }) => callId)).toEqual(['sip-left']);
  expect(openDialogs.callIds).toEqual(['present']);
});

it('tries again with a higher number each time, and gives up after a minute', async () => {
  const { userAgent, begin, openDialogs, clock } = await openAfterCrash();
  userAgent.goodbyeFailure = new OffhookError('call.timed-out');
  await begin();
  for (let second = 0; second < 300; second += 1) {
    await settled();
    clock.advance(1_000);
  }
  expect(userAgent.goodbyes).toHaveLength(13);
  const numbers = userAgent.goodbyes.map(({ localSequence }) => localSequence);
  expect(numbers).toEqual(numbers.map((_number, index) => 1 + SEQUENCE_MARGIN * (index + 1)));
  expect([openDialogs.callIds, clock.pendingTimers]).toEqual([[], 0]);
});

it('is done as soon as one of its tries is taken', async () => {
  const { userAgent, begin, openDialogs, clock } = await openAfterCrash();
  userAgent.goodbyeFailure = new OffhookError('call.server-failed');
  await begin();
  await settled();
  userAgent.goodbyeFailure = null;
  clock.advance(60_000);
  await settled();
  expect([userAgent.goodbyes.length, openDialogs.callIds]).toEqual([2, []]);
});

it.each([
  ['whose line is gone', { lineId: 'no such line' }],
  ['that was left more than a day ago', { age: DAY_MS + 1 }],
])('drops a call %s', async (_name, changes) => {
  const { userAgents, begin, openDialogs } = await openAfterCrash(changes);
  await begin();
  await settled();
  expect(userAgents.flatMap(({ goodbyes }) => goodbyes)).toEqual([]);
  expect(openDialogs.callIds).toEqual([]);
});

it('drops a call whose line is removed, or is registered a day too late', async () => {
  const removed = await openAfterCrash();
  removed.userAgent.become('unreachable');
  await removed.begin();
  await removed.lines.remove(removed.lines.snapshots()[0]!.id);
  await settled();
  expect([removed.userAgent.goodbyes, removed.openDialogs.callIds]).toEqual([[], []]);
  const late = await openAfterCrash();
  late.userAgent.become('unreachable');
  await late.begin();
  late.clock.advance(DAY_MS + 1);
  late.userAgent.become('registered');
  await settled();
  expect([late.userAgent.goodbyes, late.openDialogs.callIds]).toEqual([[], []]);
});

it('stops when it is told to, and leaves the rest to the next run', async () => {
  const { userAgent, begin, openDialogs, clock } = await openAfterCrash();
  userAgent.goodbyeFailure = new OffhookError('call.timed-out');
  const orphaned = await begin();
  await settled();
  orphaned.dispose();
  clock.advance(120_000);
  userAgent.become('registered');
  await settled();
  expect([userAgent.goodbyes.length, openDialogs.callIds, clock.pendingTimers]).toEqual([1, ['left'], 0]);
});

it('starts all the same when the disk cannot be read', async () => {
  const { userAgent, begin, openDialogs } = await openAfterCrash();
  openDialogs.failure = new OffhookError('storage.failed');
  await expect(begin()).resolves.toBeDefined();
  expect(userAgent.goodbyes).toEqual([]);
});

it('says goodbye once a run when the disk does not take that it has been said', async () => {
  const { userAgent, begin, openDialogs, clock } = await openAfterCrash();
  openDialogs.forget = () => Promise.reject(new OffhookError('storage.read-only'));
  await begin();
  await settled();
  clock.advance(120_000);
  userAgent.become('registered');
  await settled();
  expect(userAgent.goodbyes).toHaveLength(1);
});
