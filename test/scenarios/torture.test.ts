import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { agentTone } from '#test/support/agent-under-test.ts';
import { Office, tones } from '#test/support/office.ts';
import { openStage } from '#test/support/stage.ts';
import { fireConnections, fireDatagrams, rubbish, tortureMessages } from '#test/support/torture.ts';
import { openPbx, phone } from './pbx-stage.ts';

const messages = [...tortureMessages().map(({ data }) => data), ...rubbish];

describe('malformed SIP at the running agent', () => {
  test('RFC 4475, its messages cut off, and rubbish: the agent stays, answers at once, and calls go on', { timeout: 120_000 }, async () => {
    const office = await Office.open(openStage());
    const [{ agent, lineId }, colleague] = await Promise.all([office.registeredAgent(), office.colleague({ answermode: 'auto' })]);
    const callId = await agent.place('1002');
    await agent.callIs(callId, 'connected');
    await agent.hears(callId, tones['1002']);
    const port = Number(/contact <sip:[^@]+@127\.0\.0\.1:(\d+)/.exec(office.server.registrations('1001')[0] ?? '')?.[1]);
    expect(port).toBeGreaterThan(0);

    const to = { address: '127.0.0.1', port };
    const answers = await fireDatagrams(messages, to);
    for (const line of answers) expect(line).toMatch(/^SIP\/2\.0 [1-6]\d\d /);

    expect(agent.alive).toBe(true);
    const asked = performance.now();
    await agent.client.call('calls.list', {});
    expect(performance.now() - asked).toBeLessThan(500);
    await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
    expect(agent.client.lines.find((line) => line.id === lineId)?.registration.state).toBe('registered');
    await agent.client.call('calls.hangUp', { callId });
    await colleague.event('CALL_CLOSED');
    const known = agent.client.calls.map((call) => call.id);
    await colleague.dial(office.uri('1001'));
    const { id: next } = await agent.incoming(known);
    await agent.client.call('calls.answer', { callId: next });
    await agent.callIs(next, 'connected');
    await agent.hears(next, tones['1002']);
    expect(agent.log).toMatch(/malformed/i);
  });
});

describe('malformed RTP at the running agent', () => {
  test('rubbish at the audio port of a call neither ends it nor gets into what is heard', async () => {
    const office = await Office.open(openStage());
    const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague({ answermode: 'auto' })]);
    const callId = await agent.place('1002');
    await agent.callIs(callId, 'connected');
    await agent.hears(callId, tones['1002']);
    const port = Number(/\nINVITE [\s\S]*?\nm=audio (\d+) /.exec(colleague.trace)?.[1]);
    expect(port).toBeGreaterThan(0);
    const packets = Array.from({ length: 300 }, (_, index) => randomBytes(index % 200));
    // Headers that promise more than is there: extensions, contributing sources, padding.
    for (const packet of packets.slice(100)) if (packet.length > 1) packet.set([0x80 | (packet.length % 64), packet.length % 2 ? 8 : 101]);
    for (const target of [port, port + 1]) await fireDatagrams(packets, { address: '127.0.0.1', port: target });
    expect(agent.call(callId).state).toBe('connected');
    expect(agent.call(callId).sentDigits).toBe('');
    await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
  });
});

describe("malformed SIP at Offhook's own PBX", () => {
  test('RFC 4475, its messages cut off, and rubbish, by UDP and TCP: the PBX stays, and calls go on', { timeout: 120_000 }, async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const caller = await stage.enter(phone(stage, pbx, '102', { tone: 700 }));
    await caller.registered();
    const [address = '', port = ''] = pbx.at('udp').split(':');
    const to = { address, port: Number(port) };
    const answers = await fireDatagrams(messages, to);
    expect(answers.length).toBeGreaterThan(0);
    for (const line of answers) expect(line).toMatch(/^SIP\/2\.0 [1-6]\d\d /);
    await fireConnections(messages, to);
    await caller.dial(`sip:600@${pbx.at('udp')}`);
    await caller.event('CALL_ESTABLISHED');
    await caller.hears(700);
    await caller.hangUp();
    await caller.event('CALL_CLOSED');
  });
});
