import { describe, expect, test } from 'vitest';
import type { CallRecord } from '#contract/ipc/index.ts';
import { Office } from '#test/support/office.ts';
import { SippScenario } from '#test/support/sipp-scenario.ts';
import * as sipp from '#test/support/sipp-steps.ts';
import { openStage, type Stage } from '#test/support/stage.ts';

/** 7701 is sipp, which answers the INVITE as the steps say. */
async function withCallee(stage: Stage, steps: string[]) {
  const callee = await stage.enter(new SippScenario({ directory: stage.folder('sipp'), steps }));
  const office = await Office.open(stage, { routes: { '7701': callee.address } });
  const { agent } = await office.registeredAgent();
  return { callee, office, agent };
}

/** sipp calls the agent through Kamailio. */
function caller(stage: Stage, office: Office, steps: string[]) {
  return stage.enter(
    new SippScenario({ directory: stage.folder('sipp'), steps, target: `127.0.0.1:${office.server.port}`, service: '1001' }),
  );
}

const refusals: [string, Partial<CallRecord>, string][] = [
  ['486 Busy Here', { disposition: 'busy', sipStatus: 486 }, 'call.busy'],
  ['600 Busy Everywhere', { disposition: 'busy', sipStatus: 600 }, 'call.busy'],
  ['603 Decline', { disposition: 'declined', sipStatus: 603 }, 'call.declined'],
  ['480 Temporarily Unavailable', { disposition: 'no-answer', sipStatus: 480 }, 'call.no-answer'],
  ['404 Not Found', { disposition: 'failed', sipStatus: 404 }, 'call.not-found'],
  ['484 Address Incomplete', { disposition: 'failed', sipStatus: 484 }, 'call.number-incomplete'],
  ['403 Forbidden', { disposition: 'failed', sipStatus: 403 }, 'call.forbidden'],
  ['488 Not Acceptable Here', { disposition: 'failed', sipStatus: 488 }, 'call.media-not-acceptable'],
  ['500 Server Internal Error', { disposition: 'failed', sipStatus: 500 }, 'call.server-failed'],
];

describe('a call from the agent that does not come about', () => {
  test.for(refusals)('%s', async ([status, expected, code]) => {
    const { callee, agent } = await withCallee(openStage(), [
      sipp.receive('INVITE'),
      sipp.respond('180 Ringing'),
      sipp.respond(status),
      sipp.receive('ACK'),
    ]);
    await agent.place('7701');
    const record = await agent.record();
    expect(record).toMatchObject({ ...expected, number: '7701', direction: 'outgoing', answeredAt: null });
    const seen = agent.client.all('calls.changed').flatMap(({ calls }) => calls);
    expect(seen.map((call) => call.state)).toContain('ringback');
    expect(seen.find((call) => call.ending)?.ending?.error?.code).toBe(code);
    await callee.succeeded();
  });

  test('given up while it rings, the far end is cancelled', async () => {
    const { callee, agent } = await withCallee(openStage(), [
      sipp.receive('INVITE'),
      sipp.respond('180 Ringing'),
      sipp.receive('CANCEL'),
      sipp.respondInDialog('200 OK'),
      sipp.respondToInvite('487 Request Terminated'),
      sipp.receive('ACK'),
    ]);
    const callId = await agent.place('7701');
    await agent.callIs(callId, 'ringback');
    await agent.client.call('calls.hangUp', { callId });
    expect(await agent.record()).toMatchObject({ disposition: 'cancelled', answeredAt: null });
    await callee.succeeded();
  });

  test('to a number that Kamailio does not know', async () => {
    const office = await Office.open(openStage());
    const { agent } = await office.registeredAgent();
    await agent.place('1999');
    expect(await agent.record()).toMatchObject({ disposition: 'failed', sipStatus: 404 });
  });
});

describe('a call to the agent that does not come about', () => {
  test('declined, the caller is told 603', async () => {
    const office = await Office.open(openStage());
    const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague()]);
    await colleague.dial(office.uri('1001'));
    const { id: callId } = await agent.incoming();
    await agent.client.call('calls.decline', { callId });
    expect((await colleague.event('CALL_CLOSED')).param).toMatch(/^603/);
    expect(await agent.record()).toMatchObject({ disposition: 'declined', direction: 'incoming' });
  });

  test('refused as busy, the caller is told 486', async () => {
    const office = await Office.open(openStage());
    const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague()]);
    await colleague.dial(office.uri('1001'));
    const { id: callId } = await agent.incoming();
    await agent.client.call('calls.decline', { callId, reason: 'busy' });
    expect((await colleague.event('CALL_CLOSED')).param).toMatch(/^486/);
  });

  test('given up by the caller, it is missed', async () => {
    const office = await Office.open(openStage());
    const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague()]);
    await colleague.dial(office.uri('1001'));
    const { id: callId } = await agent.incoming();
    await colleague.hangUp();
    expect(await agent.record()).toMatchObject({ disposition: 'missed', direction: 'incoming', answeredAt: null });
    expect(agent.client.calls.find((call) => call.id === callId)?.state ?? 'disconnected').toBe('disconnected');
  });

  test('answered by another phone of the same user, it is not missed', async () => {
    const office = await Office.open(openStage());
    const { agent } = await office.registeredAgent();
    const desk = await office.colleague({ user: '1001' });
    const colleague = await office.colleague();
    await colleague.dial(office.uri('1001'));
    await agent.incoming();
    await desk.event('CALL_INCOMING');
    await desk.accept();
    expect(await agent.record()).toMatchObject({ disposition: 'answered-elsewhere', answeredAt: null });
  });

  test.for([
    ['SIP;cause=200;text="Call completed elsewhere"', 'answered-elsewhere'],
    ['SIP ;text="Call Completed Elsewhere" ;cause=200', 'answered-elsewhere'],
    ['SIP;cause=487;text="Request Terminated"', 'missed'],
    ['Q.850;cause=16;text="Terminated"', 'missed'],
  ])('cancelled with Reason %s, it is %s', async ([reason, disposition]) => {
    const stage = openStage();
    const office = await Office.open(stage);
    const { agent } = await office.registeredAgent();
    // tm repeats the caller's Reason in its own CANCEL (RFC 3326 section 2).
    const call = await caller(stage, office, [
      sipp.invite({ from: '7700' }),
      sipp.expect(180),
      sipp.cancel({ from: '7700', headers: `Reason: ${reason}` }),
      sipp.expect(200),
      sipp.expect(487),
      sipp.ackRefusal({ from: '7700' }),
    ]);
    expect(await agent.record()).toMatchObject({ disposition, direction: 'incoming' });
    await call.succeeded();
  });
});
