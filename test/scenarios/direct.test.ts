import { describe, expect, test } from 'vitest';
import type { SipTransport } from '#contract/ipc/index.ts';
import { AgentUnderTest, agentTone } from '#test/support/agent-under-test.ts';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { TestAuthority } from '#test/support/certificates.ts';
import { openStage } from '#test/support/stage.ts';

const peerTone = 600;

/** The agent's line points at baresip itself, which is no registrar: calls must be possible all the same. */
async function pair(transport: SipTransport, media: 'rtp' | 'srtp', answermode: 'auto' | 'manual') {
  const stage = openStage();
  const authority = new TestAuthority(stage.folder('certificates'));
  const peer = await stage.enter(
    new BaresipPeer({
      directory: stage.folder('baresip'),
      address: `sip:1002@127.0.0.1;transport=${transport}`,
      parameters: { answermode, ...(media === 'srtp' ? { mediaenc: 'srtp-mand' } : {}) },
      tone: peerTone,
      certificate: authority.issue('valid'),
    }),
  );
  const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent'), authority: authority.certificate }));
  const serverPort = peer.sipPort + (transport === 'tls' ? 1 : 0);
  const lineId = await agent.addLine({ user: '1001', domain: '127.0.0.1', serverPort, transport, media }, '');
  const line = await agent.lineIs(lineId, 'unreachable');
  expect(line.registration.error?.detail).toBe('SIP 501 Not Implemented');
  return { agent, peer };
}

describe('with baresip, and nothing in between', () => {
  test.for([
    ['udp', 'rtp'],
    ['udp', 'srtp'],
    ['tcp', 'rtp'],
    ['tls', 'srtp'],
  ] as const)('the agent calls over %s with %s', async ([transport, media]) => {
    const { agent, peer } = await pair(transport, media, 'auto');
    const callId = await agent.place('1002');
    await agent.callIs(callId, 'connected');
    await Promise.all([agent.hears(callId, peerTone), peer.hears(agentTone)]);
    expect(agent.call(callId).encrypted).toBe(media === 'srtp');
    await peer.hangUp();
    expect(await agent.record()).toMatchObject({ disposition: 'answered' });
  });

  test('baresip calls the agent where its REGISTER came from', async () => {
    const { agent, peer } = await pair('udp', 'rtp', 'manual');
    const contact = /\nContact: <(sip:[^>;]+)/.exec(peer.trace)?.[1];
    expect(contact).toBeTruthy();
    await peer.dial(contact ?? '');
    const { id: callId } = await agent.incoming();
    await agent.client.call('calls.answer', { callId });
    await agent.callIs(callId, 'connected');
    await Promise.all([agent.hears(callId, peerTone), peer.hears(agentTone)]);
    await agent.client.call('calls.hangUp', { callId });
    await peer.event('CALL_CLOSED');
  });
});
