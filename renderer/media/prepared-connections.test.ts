import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '#renderer/gallery/test-window.ts';
import { FakePeerConnection } from './fake-peer-connection.ts';
import { PreparedConnections } from './prepared-connections.ts';

function build() {
  let now = 0;
  const timers: (() => void)[] = [];
  const connections = new PreparedConnections({
    create: (configuration) => new FakePeerConnection(configuration) as unknown as RTCPeerConnection,
    certificate: async () => null,
    now: () => now,
    setTimer: (callback) => timers.push(callback),
  });
  const runTimers = () => timers.splice(0).forEach((run) => run());
  return { connections, runTimers, later: (milliseconds: number) => (now += milliseconds) };
}

const stun = 'stun:stun.example:3478';

describe('prepared connections', () => {
  beforeEach(() => {
    FakePeerConnection.made = [];
  });

  it('have their offer set before a call asks, and the next one is begun when the call is on its way', async () => {
    const { connections, runTimers } = build();
    connections.prepare([]);
    await settle();
    const [first] = FakePeerConnection.made;
    expect(first?.signalingState).toBe('have-local-offer');
    expect((await connections.take('offering', null)).connection).toBe(first);
    await settle();
    expect(FakePeerConnection.made).toHaveLength(1);
    runTimers();
    await settle();
    expect(FakePeerConnection.made).toHaveLength(2);
  });

  it('leave a far end without BUNDLE its say', async () => {
    const { connections } = build();
    connections.prepare([stun]);
    await settle();
    expect(FakePeerConnection.made.map(({ configuration }) => configuration.bundlePolicy)).toEqual(['balanced', 'balanced', 'balanced']);
  });

  it('have what a far end needs once candidates cease to come, though a STUN server never answers', async () => {
    const { connections, runTimers } = build();
    connections.prepare([stun]);
    await settle();
    const { connection, gathered } = await connections.take('offering', stun);
    let done = false;
    void gathered.then(() => (done = true));
    connection.dispatchEvent(new Event('icecandidate'));
    connection.dispatchEvent(new Event('icecandidate'));
    await settle();
    expect(done).toBe(false);
    runTimers();
    await settle();
    expect(done).toBe(true);
  });

  it('are renewed before they are old, with the old ones closed', async () => {
    const { connections, later } = build();
    connections.prepare([stun]);
    await settle();
    later(50_000);
    connections.renew();
    await settle();
    expect(FakePeerConnection.made).toHaveLength(3);
    later(20_000);
    connections.renew();
    await settle();
    // The two of the STUN server; without one, there is no binding to forget.
    expect(FakePeerConnection.made.map(({ closed }) => closed)).toEqual([false, true, true, false, false]);
  });

  it('are made on the spot for a second call that comes before the next one is ready', async () => {
    const { connections } = build();
    connections.prepare([]);
    await settle();
    const [first, second] = [await connections.take('offering', null), await connections.take('offering', null)];
    expect(second.connection).not.toBe(first.connection);
  });

  it('gather through the STUN servers of WebRTC lines, for calls out and calls in', async () => {
    const { connections } = build();
    connections.prepare([stun]);
    await settle();
    const servers = FakePeerConnection.made.map(({ configuration }) => configuration.iceServers?.[0]?.urls ?? null);
    expect(servers).toEqual([null, stun, stun]);
    expect(FakePeerConnection.made.map(({ configuration }) => configuration.iceCandidatePoolSize)).toEqual([0, 0, 1]);
  });

  it('are thrown away when old, or when their line is gone', async () => {
    const { connections, later } = build();
    connections.prepare([stun]);
    await settle();
    later(10 * 60_000);
    const taken = await connections.take('offering', null);
    expect(FakePeerConnection.made[0]?.closed).toBe(true);
    expect(taken.connection).not.toBe(FakePeerConnection.made[0]);
    connections.prepare([]);
    await settle();
    expect(FakePeerConnection.made.slice(1, 3).every(({ closed }) => closed)).toBe(true);
  });

  it('make one on the spot for a server that nobody announced', async () => {
    const { connections } = build();
    const { connection } = await connections.take('offering', stun);
    expect((connection as unknown as FakePeerConnection).configuration.iceServers).toEqual([{ urls: stun }]);
  });
});
