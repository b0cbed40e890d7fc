import { expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { openDesk } from './call-desk.test-support.ts';
import { DialogKeeper, hangUpCall, placeCall, SEQUENCE_MARGIN } from './index.ts';
import { MemoryOpenDialogs } from './memory-open-dialogs.ts';

async function openKeeper() {
  const desk = await openDesk();
  const openDialogs = new MemoryOpenDialogs();
  const keeper = new DialogKeeper({ openDialogs, clock: desk.clock, logger: silentLogger });
  desk.calls.onAdded((call) => keeper.follow(call));
  const left = async () => {
    await keeper.settled();
    return openDialogs.restart().left();
  };
  return { ...desk, openDialogs, left };
}

it('keeps the dialog of a call while it is up, and no longer', async () => {
  const { services, userAgents, clock, openDialogs, left } = await openKeeper();
  const call = placeCall(services, '202', null);
  const session = userAgents[0]!.sessions[0]!;
  expect(await left()).toEqual([]);
  session.changeDialog({});
  session.answered.fire();
  expect(await left()).toEqual([
    { callId: call.id, lineId: call.lineId, keptAt: clock.now(), dialog: session.dialogState },
  ]);
  hangUpCall(services, call);
  expect(await left()).toEqual([]);
  expect(openDialogs.callIds).toEqual([]);
});

it('keeps that of a call which comes in from its answer on', async () => {
  const { calls, userAgents, left } = await openKeeper();
  const session = userAgents[0]!.receive({ user: '202' });
  expect(await left()).toEqual([]);
  await session.answer();
  expect(await left()).toMatchObject([{ callId: calls.live()[0]!.id, dialog: { callId: session.sipCallId } }]);
  session.finish({});
  expect(await left()).toEqual([]);
});

it('writes a new target, and numbers only when half of the margin is used up', async () => {
  const { services, userAgents, left } = await openKeeper();
  placeCall(services, '202', null);
  const session = userAgents[0]!.sessions[0]!;
  const kept = async (changes: Parameters<typeof session.changeDialog>[0]) => {
    session.changeDialog(changes);
    const [open] = await left();
    return { target: open!.dialog.remoteTarget, sequence: open!.dialog.localSequence };
  };
  const target = 'sip:202@192.0.2.2';
  expect(await kept({ remoteTarget: target, localSequence: 1 })).toEqual({ target, sequence: 1 });
  expect(await kept({ localSequence: SEQUENCE_MARGIN / 2 })).toEqual({ target, sequence: 1 });
  expect(await kept({ localSequence: SEQUENCE_MARGIN / 2 + 1 })).toEqual({ target, sequence: SEQUENCE_MARGIN / 2 + 1 });
  expect((await kept({ remoteTarget: 'sip:desk@192.0.2.3' })).target).toBe('sip:desk@192.0.2.3');
});

it('keeps nobody from calling when the disk takes nothing', async () => {
  const { services, userAgents, openDialogs, left } = await openKeeper();
  openDialogs.failure = new OffhookError('storage.full');
  const call = placeCall(services, '202', null);
  userAgents[0]!.sessions[0]!.changeDialog({});
  userAgents[0]!.sessions[0]!.answered.fire();
  expect(call.callState).toBe('connected');
  hangUpCall(services, call);
  expect(call.callState).toBe('disconnected');
  openDialogs.failure = null;
  expect(await left()).toEqual([]);
});
