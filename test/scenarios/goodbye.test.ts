import { describe, expect, test } from 'vitest';
import type { AccountInput, CallRecord, SipTransport } from '#contract/ipc/index.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import type { BaresipPeer } from '#test/support/baresip-peer.ts';
import { Office, tones } from '#test/support/office.ts';
import { openStage, type Stage } from '#test/support/stage.ts';
import { agentTone } from '#test/support/agent-messages.ts';
import { openPbx, phone, type PbxActor } from './pbx-stage.ts';

/** ms from the start of the agent's process to the end of the call at its far end. */
const goodbyeLimit = 10_000;

const goodbyesIn = (colleague: BaresipPeer, method: string) =>
  new Set(colleague.trace.match(new RegExp(`^CSeq: \\d+ ${method}$`, 'gm'))).size;

/** Kills the agent, starts it again on the same data, and sees the colleague's call end by a BYE that comes after that. */
async function crash(agent: AgentUnderTest, colleague: BaresipPeer, goodbye: 'BYE' | 'CANCEL' = 'BYE'): Promise<void> {
  // The disk works in order: once it answers, the dialog is on it.
  await recordsOf(agent);
  await agent.kill();
  const since = colleague.events.length;
  expect(colleague.events.map(({ type }) => type)).not.toContain('CALL_CLOSED');
  const began = performance.now();
  const [closed] = await Promise.all([
    colleague.event('CALL_CLOSED', { since, timeout: goodbyeLimit }).then(() => performance.now()),
    agent.start(),
  ]);
  expect(closed - began).toBeLessThan(goodbyeLimit);
  expect(goodbyesIn(colleague, goodbye)).toBe(1);
}

const recordsOf = (agent: AgentUnderTest): Promise<CallRecord[]> =>
  agent.client.call('callLog.list', { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100 });

async function talk(agent: AgentUnderTest, callId: string, colleague: BaresipPeer, tone: number): Promise<void> {
  await agent.callIs(callId, 'connected');
  await Promise.all([colleague.event('CALL_ESTABLISHED'), agent.hears(callId, tone), colleague.hears(agentTone)]);
}

describe('a call through Kamailio in which the agent is killed', () => {
  const ways: [string, SipTransport, boolean][] = [
    ['udp, Record-Route', 'udp', true],
    ['udp, past the proxy', 'udp', false],
    ['tcp, Record-Route', 'tcp', true],
    ['tcp, past the proxy', 'tcp', false],
    ['tls, Record-Route', 'tls', true],
    ['wss, Record-Route', 'wss', true],
  ];

  test.for(ways)(
    'from the agent, %s: its far end gets a BYE, the record says cut',
    async ([, transport, recordRoute]) => {
      const office = await Office.open(openStage(), { transport, recordRoute });
      const [{ agent }, colleague] = await Promise.all([
        office.registeredAgent(),
        office.colleague({ answermode: 'auto' }),
      ]);
      const callId = await agent.place('1002');
      await talk(agent, callId, colleague, tones['1002']);
      await crash(agent, colleague);
      expect(await recordsOf(agent)).toMatchObject([{ id: callId, direction: 'outgoing', disposition: 'cut' }]);
    },
  );

  test.for(ways)(
    'to the agent, %s: its far end gets a BYE, the record says cut',
    async ([, transport, recordRoute]) => {
      const office = await Office.open(openStage(), { transport, recordRoute });
      const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague()]);
      // Colleagues of an agent on WSS are on UDP.
      await colleague.dial(
        transport === 'wss' ? `sip:1001@${office.server.address}:${office.server.port}` : office.uri('1001'),
      );
      const { id: callId } = await agent.incoming();
      await agent.client.call('calls.answer', { callId });
      await talk(agent, callId, colleague, tones['1002']);
      await crash(agent, colleague);
      expect(await recordsOf(agent)).toMatchObject([{ id: callId, direction: 'incoming', disposition: 'cut' }]);
    },
  );

  test('held and taken back before: the BYE has a number that is high enough', async () => {
    const office = await Office.open(openStage());
    const [{ agent }, colleague] = await Promise.all([
      office.registeredAgent(),
      office.colleague({ answermode: 'auto' }),
    ]);
    const callId = await agent.place('1002');
    await talk(agent, callId, colleague, tones['1002']);
    for (const state of ['onHold', 'connected'] as const) {
      await agent.client.call(state === 'onHold' ? 'calls.hold' : 'calls.unhold', { callId });
      await agent.callIs(callId, state);
    }
    await colleague.hears(agentTone);
    await crash(agent, colleague);
    expect(await recordsOf(agent)).toMatchObject([{ id: callId, disposition: 'cut' }]);
  });

  test('and then stopped and started: nothing is left to be said', async () => {
    const office = await Office.open(openStage());
    const [{ agent, lineId }, colleague] = await Promise.all([
      office.registeredAgent(),
      office.colleague({ answermode: 'auto' }),
    ]);
    const callId = await agent.place('1002');
    await talk(agent, callId, colleague, tones['1002']);
    await crash(agent, colleague);
    await agent.stop();
    await agent.start();
    await agent.lineIs(lineId, 'registered');
    // A goodbye would go before this call.
    await agent.callIs(await agent.place('1002'), 'connected');
    expect(goodbyesIn(colleague, 'BYE')).toBe(1);
  });

  test('while it rings at the far end: that stops ringing', async () => {
    const office = await Office.open(openStage());
    const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague()]);
    const callId = await agent.place('1002');
    await agent.callIs(callId, 'ringback');
    await colleague.event('CALL_INCOMING');
    await crash(agent, colleague);
    expect(await recordsOf(agent)).toMatchObject([{ id: callId, disposition: 'cut', answeredAt: null }]);
  });

  test('and hung up by the far end meanwhile: nobody is called or told twice, the next call is a call', async () => {
    const office = await Office.open(openStage());
    const [{ agent, lineId }, colleague] = await Promise.all([
      office.registeredAgent(),
      office.colleague({ answermode: 'auto' }),
    ]);
    const first = await agent.place('1002');
    await talk(agent, first, colleague, tones['1002']);
    await agent.kill();
    await colleague.hangUp();
    const since = colleague.events.length;
    await agent.start();
    await agent.lineIs(lineId, 'registered');
    const second = await agent.place('1002');
    await agent.callIs(second, 'connected');
    await colleague.event('CALL_ESTABLISHED', { since });
    await agent.hears(second, tones['1002']);
    await agent.client.call('calls.hangUp', { callId: second });
    await colleague.event('CALL_CLOSED', { since });
    await agent.client.when('a record', () =>
      agent.client.all('callLog.recorded').find(({ record }) => record.id === second && record.endedAt !== null),
    );
    expect((await recordsOf(agent)).map(({ id, disposition }) => [id, disposition])).toEqual([
      [second, 'answered'],
      [first, 'cut'],
    ]);
  });
});

describe('a call through Offhook’s PBX in which the agent is killed', () => {
  const account = (pbx: PbxActor): AccountInput => ({
    user: '101',
    domain: '127.0.0.1',
    serverPort: pbx.running.addresses.udpPort,
    transport: 'udp',
  });

  async function open(stage: Stage, answermode: 'auto' | 'manual') {
    const pbx = await openPbx(stage);
    const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent') }));
    const colleague = await stage.enter(phone(stage, pbx, '102', { tone: 600, parameters: { answermode } }));
    await Promise.all([agent.registeredLine(account(pbx), pbx.passwords.get('101')!), colleague.registered()]);
    return { pbx, agent, colleague };
  }

  test('from the agent: the far end of the other leg gets a BYE, the record says cut', async () => {
    const { pbx, agent, colleague } = await open(openStage(), 'auto');
    const callId = await agent.place('102');
    await talk(agent, callId, colleague, 600);
    await crash(agent, colleague);
    expect(await recordsOf(agent)).toMatchObject([{ id: callId, direction: 'outgoing', disposition: 'cut' }]);
    await expect
      .poll(() => pbx.running.records.recent(1)[0])
      .toMatchObject({ disposition: 'answered', endedBy: 'caller' });
  });

  test('to the agent: the far end of the other leg gets a BYE, the record says cut', async () => {
    const { pbx, agent, colleague } = await open(openStage(), 'manual');
    await colleague.dial(`sip:101@${pbx.at('udp')}`);
    const { id: callId } = await agent.incoming();
    await agent.client.call('calls.answer', { callId });
    await talk(agent, callId, colleague, 600);
    await crash(agent, colleague);
    expect(await recordsOf(agent)).toMatchObject([{ id: callId, direction: 'incoming', disposition: 'cut' }]);
    await expect
      .poll(() => pbx.running.records.recent(1)[0])
      .toMatchObject({ disposition: 'answered', endedBy: 'callee' });
  });

  test('while it rings at the far end: that stops ringing', async () => {
    const { pbx, agent, colleague } = await open(openStage(), 'manual');
    const callId = await agent.place('102');
    await agent.callIs(callId, 'ringback');
    await colleague.event('CALL_INCOMING');
    await crash(agent, colleague, 'CANCEL');
    expect(await recordsOf(agent)).toMatchObject([{ id: callId, disposition: 'cut', answeredAt: null }]);
    await expect
      .poll(() => pbx.running.records.recent(1)[0])
      .toMatchObject({ disposition: 'cancelled', endedBy: 'caller' });
  });
});
