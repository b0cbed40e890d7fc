import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '#renderer/gallery/test-window.ts';
import { FakePeerConnection } from './fake-peer-connection.ts';
import { PreparedConnections } from './prepared-connections.ts';

function build() {
  let now = 0;
  const connections = new PreparedConnections({
    create: (configuration) => new FakePeerConnection(configuration) as unknown as RTCPeerConnection,
    certificate: async () => null,
    now: () => now,
  });
  return { connections, later: (milliseconds: number) => (now += milliseconds) };
}

const stun = 'stun:stun.example:3478';

describe('prepared connections', () => {
  beforeEach(() => {
    FakePeerConnection.made = [];
  });

  it('have their offer set before a call asks, and the next one is begun at once', async () => {
    const { connections } = build();
    connections.prepare([]);
    await settle();
    const [first] = FakePeerConnection.made;
    expect(first?.signalingState).toBe('have-local-offer');
    expect((await connections.take('offering', null)).connection).toBe(first);
    await settle();
    expect(FakePeerConnection.made).toHaveLength(2);
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
