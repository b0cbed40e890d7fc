import { describe, expect, test } from 'vitest';
import type { SipTransport } from '#contract/ipc/index.ts';
import type { CertificateKind } from '#test/support/certificates.ts';
import { AgentUnderTest, agentTone } from '#test/support/agent-under-test.ts';
import { freePort } from '#test/support/free-port.ts';
import { Office, users } from '#test/support/office.ts';
import { openStage } from '#test/support/stage.ts';
import { pause } from '#test/support/until.ts';

describe('a registration at Kamailio', () => {
  test.for(['udp', 'tcp', 'tls', 'ws', 'wss'] satisfies SipTransport[])('over %s, and un-registered when the agent stops', async (transport) => {
    const office = await Office.open(openStage(), { transport });
    const { agent } = await office.registeredAgent();
    expect(office.server.registrations('1001')).toHaveLength(1);
    expect(office.server.registrations('1001')[0]).toMatch(new RegExp(`by ${transport}`, 'i'));
    await agent.stop();
    await expect.poll(() => office.server.registrations('1001').at(-1)).toMatch(/expires 0|expires=0/);
    const colleague = await office.colleague();
    await colleague.dial(`sip:1001@${office.server.address}:${transport === 'tls' ? office.server.securePort : office.server.port}`);
    expect((await colleague.event('CALL_CLOSED')).param).toMatch(/^480/);
  });

  test('is refreshed before it expires, so that calls still come in', async () => {
    const office = await Office.open(openStage(), { maxExpires: 6 });
    const { agent } = await office.registeredAgent();
    const colleague = await office.colleague();
    await expect.poll(() => office.server.registrations('1001').length, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
    await colleague.dial(office.uri('1001'));
    await agent.incoming();
  });

  test('with SHA-256 digest, for REGISTER and INVITE', async () => {
    const office = await Office.open(openStage(), { algorithm: 'SHA-256' });
    const { agent } = await office.registeredAgent();
    await agent.place('1999');
    expect(await agent.record()).toMatchObject({ sipStatus: 404 });
  });

  test('a wrong password is refused with its own code, and not tried over and over', async () => {
    const office = await Office.open(openStage());
    const agent = await office.agent();
    const lineId = await agent.addLine(office.account(), 'not-the-secret');
    const line = await agent.lineIs(lineId, 'refused');
    expect(line.registration.error?.code).toBe('line.wrong-password');
    expect(line.registration.nextTryAt).toBeGreaterThan(Date.now() + 5000);
    expect(agent.log).not.toContain('not-the-secret');
    await agent.client.call('lines.update', { lineId, account: office.account(), password: users['1001'] });
    await agent.lineIs(lineId, 'registered');
  });

  test('an unreachable server is told, and found again by itself', async () => {
    const office = await Office.open(openStage(), { transport: 'tcp' });
    await office.server.stop();
    const agent = await office.agent();
    const lineId = await agent.addLine(office.account(), users['1001']);
    const line = await agent.lineIs(lineId, 'unreachable', 20_000);
    expect(line.registration.error?.code).toBe('line.unreachable');
    expect(line.registration.nextTryAt).toBeGreaterThan(Date.now());
    await office.server.start();
    await agent.lineIs(lineId, 'registered', 45_000);
  });

  test('a UDP server that does not answer is told within the time of a patient user, and "reconnect" tries at once', async () => {
    const office = await Office.open(openStage());
    await office.server.stop();
    const agent = await office.agent();
    const lineId = await agent.addLine(office.account(), users['1001']);
    const line = await agent.lineIs(lineId, 'unreachable', 40_000);
    expect(['line.unreachable', 'line.timed-out']).toContain(line.registration.error?.code);
    await office.server.start();
    await agent.client.call('lines.reconnect', { lineId });
    await agent.lineIs(lineId, 'registered', 5000);
  });

  test.for(['tcp', 'tls', 'wss'] satisfies SipTransport[])('a restart of the server over %s is noticed and mended', async (transport) => {
    const office = await Office.open(openStage(), { transport });
    const { agent, lineId } = await office.registeredAgent();
    await office.server.stop();
    await agent.lineIs(lineId, 'unreachable', 10_000);
    await office.server.start();
    await agent.lineIs(lineId, 'registered', 45_000);
    expect(office.server.registrations('1001').length).toBeGreaterThanOrEqual(1);
  });

  test('a call survives the restart of the server between its peers', async () => {
    const office = await Office.open(openStage(), { recordRoute: false });
    const [{ agent }, colleague] = await Promise.all([office.registeredAgent(), office.colleague({ answermode: 'auto' })]);
    const callId = await agent.place('1002');
    await agent.callIs(callId, 'connected');
    await office.server.stop();
    await pause(1500);
    await colleague.hears(agentTone);
    await agent.client.call('calls.hangUp', { callId });
    await colleague.event('CALL_CLOSED');
  });

  test('an address that no DNS knows', async () => {
    const stage = openStage();
    const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent') }));
    const lineId = await agent.addLine({ user: '1001', domain: 'nowhere.invalid', transport: 'tcp' }, 'x');
    const line = await agent.lineIs(lineId, 'unreachable', 40_000);
    expect(['line.name-not-found', 'line.unreachable']).toContain(line.registration.error?.code);
  });

  test('several accounts at once, each registered on its own', async () => {
    const office = await Office.open(openStage());
    const { agent, lineId } = await office.registeredAgent();
    const second = await agent.registeredLine(office.account({ user: '1003', label: 'Second' }), users['1003']);
    const refused = await agent.addLine({ user: '1001', domain: '127.0.0.1', serverPort: await freePort(), transport: 'tcp' }, 'x');
    await agent.lineIs(refused, 'unreachable', 20_000);
    const colleague = await office.colleague({ answermode: 'auto' });
    const callId = await agent.place('1002', second);
    await agent.callIs(callId, 'connected');
    expect((await colleague.event('CALL_ESTABLISHED')).peeruri).toContain('1003@');
    expect(agent.client.lines.find((line) => line.id === lineId)?.registration.state).toBe('registered');
  });

  test('accounts are there again after the agent was killed', async () => {
    const office = await Office.open(openStage());
    const { agent, lineId } = await office.registeredAgent();
    await agent.kill();
    await agent.start();
    await agent.lineIs(lineId, 'registered');
    const [only] = new Set(office.server.registrations('1001').map((line) => /<sip:([^@]+)@/.exec(line)?.[1]));
    expect(only).toBeTruthy();
  });
});

describe('a server over TLS whose certificate is not right', () => {
  test.for([
    ['expired', 'line.certificate-expired'],
    ['wrong-name', 'line.certificate-wrong-name'],
  ] satisfies [CertificateKind, string][])('%s', async ([certificate, code]) => {
    const office = await Office.open(openStage(), { transport: 'tls', certificate });
    const agent = await office.agent();
    const lineId = await agent.addLine(office.account(), users['1001']);
    const line = await agent.lineIs(lineId, 'unreachable', 20_000);
    expect(line.registration.error?.code).toBe(code);
    expect(office.server.log).not.toContain('REGISTER 1001');
  });

  test.for(['tls', 'wss'] satisfies SipTransport[])('%s, from an authority that nobody here trusts; where the user says so, it counts all the same', async (transport) => {
    const stage = openStage();
    const office = await Office.open(stage, { transport });
    const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('stranger') }));
    const lineId = await agent.addLine(office.account(), users['1001']);
    const line = await agent.lineIs(lineId, 'unreachable', 20_000);
    expect(line.registration.error?.code).toBe('line.certificate-untrusted');
    await agent.client.call('lines.update', { lineId, account: office.account({ verifyCertificate: false }) });
    await agent.lineIs(lineId, 'registered');
  });
});
