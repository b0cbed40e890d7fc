import { describe, expect, test } from 'vitest';
import type { MediaSecurity, SipTransport } from '#contract/ipc/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { agentTone } from '#test/support/agent-under-test.ts';
import { Office, tones } from '#test/support/office.ts';
import { openStage } from '#test/support/stage.ts';

interface Way {
  transport: SipTransport;
  recordRoute: boolean;
  codec: CodecName;
  media: MediaSecurity;
}

const ways: Way[] = [
  { transport: 'udp', recordRoute: true, codec: 'PCMA', media: 'rtp' },
  { transport: 'udp', recordRoute: false, codec: 'PCMU', media: 'rtp' },
  { transport: 'tcp', recordRoute: true, codec: 'PCMA', media: 'rtp' },
  { transport: 'tcp', recordRoute: false, codec: 'PCMA', media: 'rtp' },
  { transport: 'tls', recordRoute: true, codec: 'PCMA', media: 'srtp' },
  { transport: 'udp', recordRoute: true, codec: 'PCMU', media: 'srtp' },
  { transport: 'udp', recordRoute: true, codec: 'G722', media: 'rtp' },
  { transport: 'udp', recordRoute: true, codec: 'opus', media: 'rtp' },
];

async function set(way: Way, answermode: 'auto' | 'manual') {
  const office = await Office.open(openStage(), { transport: way.transport, recordRoute: way.recordRoute });
  const parameters: Record<string, string> = way.media === 'srtp' ? { mediaenc: 'srtp-mand' } : {};
  const [{ agent }, colleague] = await Promise.all([
    office.registeredAgent({ media: way.media }, way.codec === 'opus' ? ['opus'] : undefined),
    office.colleague({ answermode, codec: way.codec, parameters }),
  ]);
  return { office, agent, colleague };
}

describe('a call with baresip through Kamailio', () => {
  test.for(ways)('from the agent: $transport, Record-Route $recordRoute, $codec, $media', async (way) => {
    const { agent, colleague } = await set(way, 'auto');
    const callId = await agent.place('1002');
    const call = await agent.callIs(callId, 'connected');
    await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
    expect(agent.call(callId)).toMatchObject({ codec: way.codec, encrypted: way.media === 'srtp', direction: 'outgoing' });
    await agent.client.call('calls.hangUp', { callId });
    await colleague.event('CALL_CLOSED');
    const record = await agent.record();
    expect(record).toMatchObject({ number: '1002', direction: 'outgoing', disposition: 'answered', sipStatus: null });
    expect(record.answeredAt).toBe(call.answeredAt);
  });

  test.for(ways)('to the agent: $transport, Record-Route $recordRoute, $codec, $media', async (way) => {
    const { office, agent, colleague } = await set(way, 'manual');
    await colleague.dial(office.uri('1001'));
    const { id: callId } = await agent.incoming();
    await colleague.event('CALL_RINGING');
    await agent.client.call('calls.answer', { callId });
    await agent.callIs(callId, 'connected');
    await colleague.event('CALL_ESTABLISHED');
    await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
    expect(agent.call(callId)).toMatchObject({ codec: way.codec, encrypted: way.media === 'srtp', direction: 'incoming' });
    // Over TCP a Contact is where our connection starts from: nobody can connect to it, so that without Record-Route
    // only we can send requests inside the dialog.
    if (way.transport === 'tcp' && !way.recordRoute) await agent.client.call('calls.hangUp', { callId });
    else await colleague.hangUp();
    await colleague.event('CALL_CLOSED');
    const record = await agent.record();
    expect(record).toMatchObject({ number: '1002', direction: 'incoming', disposition: 'answered' });
  });
});
