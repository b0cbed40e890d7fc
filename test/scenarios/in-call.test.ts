import { describe, expect, test } from 'vitest';
import { agentTone, type AgentUnderTest } from '#test/support/agent-under-test.ts';
import type { BaresipPeer } from '#test/support/baresip-peer.ts';
import { Office, tones } from '#test/support/office.ts';
import { openStage } from '#test/support/stage.ts';

interface Talk {
  office: Office;
  agent: AgentUnderTest;
  colleague: BaresipPeer;
  callId: string;
}

/** The agent has called 1002, and each hears the other. */
async function talking(dialled = '1002'): Promise<Talk> {
  const office = await Office.open(openStage());
  const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague({ answermode: 'auto' })]);
  const callId = await agent.place(dialled);
  await agent.callIs(callId, 'connected');
  await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
  return { office, agent, colleague, callId };
}

describe('in a call with baresip', () => {
  test('our hold silences us and is told to the far end, and taking the call back is heard on both sides', async () => {
    const { agent, colleague, callId } = await talking();
    await agent.client.call('calls.hold', { callId });
    expect((await agent.callIs(callId, 'onHold')).heldByThem).toBe(false);
    await colleague.hearsNothing();
    expect(colleague.trace).toMatch(/\nINVITE[\s\S]*a=sendonly/);
    await agent.client.call('calls.unhold', { callId });
    await agent.callIs(callId, 'connected');
    await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
  });

  test('their hold is shown, and their taking the call back too', async () => {
    const { agent, colleague, callId } = await talking();
    await colleague.hold();
    expect((await agent.callIs(callId, (call) => call.heldByThem)).state).toBe('connected');
    await agent.hearsNothing(callId);
    await colleague.resume();
    await agent.callIs(callId, (call) => !call.heldByThem);
    await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
  });

  test('held by both, the call is silent until both have taken it back', async () => {
    const { agent, colleague, callId } = await talking();
    await agent.client.call('calls.hold', { callId });
    await agent.callIs(callId, 'onHold');
    await colleague.hold();
    await expect.poll(() => colleague.trace, { timeout: 10_000 }).toMatch(/\nSIP\/2\.0 200 OK[\s\S]*a=inactive/);
    await agent.client.call('calls.unhold', { callId });
    await agent.callIs(callId, (call) => call.heldByThem && call.state === 'connected');
    await Promise.all([agent.hearsNothing(callId), colleague.hearsNothing()]);
    await colleague.resume();
    await agent.callIs(callId, (call) => !call.heldByThem);
    await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
  });

  test('mute silences us alone, without a word to the far end', async () => {
    const { agent, colleague, callId } = await talking();
    const invitations = () => colleague.trace.match(/\nINVITE /g)?.length;
    const before = invitations();
    await agent.client.call('calls.setMuted', { callId, muted: true });
    await agent.callIs(callId, (call) => call.muted);
    await colleague.hearsNothing();
    await agent.hears(callId, tones['1002']);
    await agent.client.call('calls.setMuted', { callId, muted: false });
    await colleague.hears(agentTone);
    expect(invitations()).toBe(before);
  });

  test('digits go out as RFC 4733 events, each once and in order', async () => {
    const { agent, colleague, callId } = await talking();
    await agent.client.call('calls.sendDigits', { callId, digits: '1234567890*#' });
    await expect.poll(() => colleague.digits, { timeout: 10_000 }).toBe('1234567890*#');
    expect(agent.call(callId).sentDigits).toBe('1234567890*#');
    await colleague.hears(agentTone);
  });

  test('the extension of an address is dialled after the answer', async () => {
    const { agent, colleague, callId } = await talking('1002 доб. 347');
    await expect.poll(() => colleague.digits, { timeout: 10_000 }).toBe('347');
    expect(agent.call(callId)).toMatchObject({ pendingDigits: null, remote: { number: '1002', extension: '347' } });
  });

  test('a second call puts the first on hold; each can be taken back in turn', async () => {
    const { office, agent, colleague, callId: first } = await talking();
    const other = await office.colleague({ user: '1003', answermode: 'auto' });
    const second = await agent.place('1003');
    await agent.callIs(second, 'connected');
    await agent.callIs(first, 'onHold');
    await Promise.all([agent.hears(second, tones['1003']), other.hears(agentTone), colleague.hearsNothing()]);
    await agent.client.call('calls.unhold', { callId: first });
    await agent.callIs(first, 'connected');
    await agent.callIs(second, 'onHold');
    await Promise.all([agent.hears(first, tones['1002']), colleague.hears(agentTone), other.hearsNothing()]);
    await agent.client.call('calls.hangUp', { callId: second });
    await other.event('CALL_CLOSED');
    await colleague.hears(agentTone);
    expect(agent.call(first).state).toBe('connected');
  });

  test('a call that comes in meanwhile rings, and answering it holds the first', async () => {
    const { office, agent, colleague, callId: first } = await talking();
    const other = await office.colleague({ user: '1003' });
    await other.dial(office.uri('1001'));
    const { id: second } = await agent.incoming();
    expect(agent.call(first).state).toBe('connected');
    await agent.client.call('calls.answer', { callId: second });
    await agent.callIs(second, 'connected');
    await agent.callIs(first, 'onHold');
    await Promise.all([agent.hears(second, tones['1003']), other.hears(agentTone), colleague.hearsNothing()]);
  });

  test('redial calls the last number again', async () => {
    const { agent, colleague, callId } = await talking();
    await agent.client.call('calls.hangUp', { callId });
    await colleague.event('CALL_CLOSED');
    const since = colleague.events.length;
    const { callId: again } = await agent.client.call('calls.redial', {});
    await agent.callIs(again, 'connected');
    await colleague.event('CALL_ESTABLISHED', { since });
    await agent.hears(again, tones['1002']);
  });
});
