import { beforeEach, describe, expect, it } from 'vitest';
import type { AudioRequest } from '#contract/ipc/index.ts';
import { DemoBridge } from '#renderer/bridge/demo-bridge.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { AudioEndpoint } from './audio-endpoint.ts';
import { FakeAudioTrack, FakePeerConnection } from './fake-peer-connection.ts';
import { Microphone } from './microphone.ts';
import { PreparedConnections } from './prepared-connections.ts';

function build(options: { refused?: boolean } = {}) {
  const bridge = new DemoBridge();
  const timers: (() => void)[] = [];
  const setTimer = (callback: () => void) => timers.push(callback);
  const devices = {
    async getUserMedia() {
      if (options.refused) throw new DOMException('', 'NotAllowedError');
      return { getAudioTracks: () => [new FakeAudioTrack('microphone')] } as unknown as MediaStream;
    },
  };
  const outputs: boolean[] = [];
  const endpoint = new AudioEndpoint({
    bridge,
    setTimer,
    microphone: new Microphone({ devices, setTimer }),
    connections: new PreparedConnections({
      create: (configuration) => new FakePeerConnection(configuration) as unknown as RTCPeerConnection,
      certificate: async () => null,
      now: () => 0,
      setTimer,
    }),
    createOutput: () => ({ play() {}, setMuted: (muted) => outputs.push(muted), close() {} }),
    silence: () => new FakeAudioTrack('silence') as unknown as MediaStreamTrack,
  });
  let requestId = 0;
  async function ask(request: AudioRequest): Promise<unknown> {
    bridge.emit('audio.request', { requestId: ++requestId, request });
    await settle();
    timers.splice(0).forEach((run) => run());
    await settle();
    const reply = bridge.calls.findLast(({ command }) => command === 'audio.reply')?.args as { requestId: number; outcome: unknown };
    expect(reply.requestId).toBe(requestId);
    return reply.outcome;
  }
  const offer = (part: Partial<Extract<AudioRequest, { kind: 'create-offer' }>> = {}) =>
    ask({ kind: 'create-offer', callId: 'a', leg: 'relay', fresh: false, stunServer: null, direction: 'sendrecv', ...part });
  const reports = () => bridge.calls.filter(({ command }) => command === 'audio.report').map(({ args }) => (args as { state: string }).state);
  return { bridge, endpoint, ask, offer, reports, outputs, connection: () => FakePeerConnection.made[0]! };
}

const sent = (connection: FakePeerConnection) => connection.transceivers[0]?.sender.track;

describe('the audio endpoint', () => {
  beforeEach(() => {
    FakePeerConnection.made = [];
    FakePeerConnection.refusal = null;
  });

  it('answers create-offer with the offer of a new connection, which carries the microphone', async () => {
    const { offer, connection } = build();
    expect(await offer()).toEqual({ sdp: 'offer 1 sendrecv' });
    expect(sent(connection())?.name).toBe('microphone');
  });

  it('sends silence, and still offers, when the microphone is refused', async () => {
    const { offer, connection } = build({ refused: true });
    expect(await offer()).toEqual({ sdp: 'offer 1 sendrecv' });
    expect(sent(connection())?.name).toBe('silence');
  });

  it('renews the offer of the same connection, as a hold', async () => {
    const { ask, offer } = build();
    await offer({ leg: 'webrtc' });
    await ask({ kind: 'apply-answer', callId: 'a', sdp: 'answer' });
    expect(await offer({ leg: 'webrtc', direction: 'sendonly' })).toEqual({ sdp: 'offer 2 sendonly' });
    expect(FakePeerConnection.made.filter((made) => !made.closed)).toHaveLength(1);
  });

  it('makes a new connection when asked for a fresh one, still muted', async () => {
    const { bridge, offer, connection } = build();
    await offer();
    bridge.emit('audio.muted', { callId: 'a', muted: true });
    await offer({ fresh: true });
    expect(connection().closed).toBe(true);
    expect(sent(FakePeerConnection.made[1]!)?.enabled).toBe(false);
  });

  it('answers an offer through the transceiver that the offer brought', async () => {
    const { ask, connection } = build();
    const outcome = await ask({ kind: 'create-answer', callId: 'a', leg: 'webrtc', sdp: 'theirs', stunServer: null, direction: 'sendrecv' });
    expect(outcome).toEqual({ sdp: 'answer sendrecv' });
    expect(sent(connection())?.name).toBe('microphone');
  });

  it('takes the same answer twice, early and final', async () => {
    const { ask, offer } = build();
    await offer();
    expect(await ask({ kind: 'apply-answer', callId: 'a', sdp: 'answer' })).toEqual({ sdp: null });
    expect(await ask({ kind: 'apply-answer', callId: 'a', sdp: 'answer' })).toEqual({ sdp: null });
  });

  it('takes an offer back', async () => {
    const { ask, offer, connection } = build();
    await offer();
    expect(await ask({ kind: 'rollback', callId: 'a' })).toEqual({ sdp: null });
    expect(connection().signalingState).toBe('stable');
  });

  it('answers with a coded error for a call that it does not know', async () => {
    const { ask } = build();
    expect(await ask({ kind: 'apply-answer', callId: 'nobody', sdp: 'x' })).toMatchObject({ error: { code: 'call.unknown' } });
  });

  it('tells which step failed, in the words of the browser', async () => {
    const { ask } = build();
    FakePeerConnection.refusal = new DOMException("Answer cannot remove m= section with mid='0'", 'InvalidAccessError');
    const outcome = await ask({ kind: 'create-answer', callId: 'a', leg: 'webrtc', sdp: 'theirs', stunServer: null, direction: 'sendrecv' });
    expect(outcome).toMatchObject({ error: { code: 'audio.failed', detail: expect.stringMatching(/^create-answer: .*Answer cannot remove m= section/) } });
  });

  it('sends by the codec it is told, also when told before the answer', async () => {
    const { bridge, ask, offer, connection } = build();
    await offer();
    bridge.emit('audio.codec', { callId: 'a', codec: 'PCMA' });
    await ask({ kind: 'apply-answer', callId: 'a', sdp: 'answer' });
    const sender = connection().transceivers[0]!.sender;
    expect(sender.parameters.encodings[0]?.codec).toEqual({ mimeType: 'audio/PCMA', clockRate: 8000 });
  });

  it('reports the state of its connection', async () => {
    const { offer, connection, reports } = build();
    await offer();
    connection().become('connecting');
    connection().become('connected');
    connection().become('failed');
    expect(reports()).toEqual(['connecting', 'connected', 'lost']);
  });

  it('closes what ended, and everything when another window takes the sound or the agent goes away', async () => {
    const { bridge, offer, connection } = build();
    await offer();
    bridge.emit('audio.close', { callId: 'a' });
    expect(connection().closed).toBe(true);
    await offer({ callId: 'b' });
    bridge.emit('audio.owner', { you: false });
    await offer({ callId: 'c' });
    bridge.lose();
    expect(FakePeerConnection.made.every((made) => made.closed)).toBe(true);
  });

  it('tells whose voices are heard, also by another connection of the same call, until the call ends', async () => {
    const { bridge, endpoint, offer } = build();
    const heard: unknown[] = [];
    endpoint.onVoices(({ callId, voices }) => {
      const track = voices?.microphone as unknown as FakeAudioTrack | undefined;
      heard.push(voices ? [callId, track?.name, voices.heard] : [callId, null]);
    });
    await offer();
    endpoint.setOutputMuted('a', true);
    endpoint.setOutputMuted('a', true);
    await offer({ fresh: true });
    bridge.emit('audio.close', { callId: 'a' });
    expect(heard.at(0)).toEqual(['a', 'silence', true]);
    expect(heard).toContainEqual(['a', 'microphone', true]);
    expect(heard.filter((each) => (each as unknown[])[2] === false)).toHaveLength(1);
    expect(heard.filter((each) => (each as unknown[])[1] === null)).toEqual([['a', null]]);
    expect(heard.at(-1)).toEqual(['a', null]);
  });

  it('ends the voices of every call with the connection to the agent', async () => {
    const { bridge, endpoint, offer } = build();
    await offer();
    const ended: string[] = [];
    endpoint.onVoices(({ callId, voices }) => voices ?? ended.push(callId));
    bridge.lose();
    expect(ended).toEqual(['a']);
  });
});
