import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { silentLogger, systemClock, type Event } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';
import { RelayMediaLegFactory } from '#core/media/relay/relay-media-leg-factory.ts';
import { SilentAudioEndpoint } from '#core/media/testing/silent-audio-endpoint.ts';
import { SipJsUserAgentFactory } from '#core/sip/sip-js-user-agent.ts';
import type { SipTransport } from '#contract/ipc/index.ts';
import type { SipUserAgent } from '#core/sip/index.ts';
import { openStage } from '#test/support/stage.ts';
import { within } from '#test/support/until.ts';
import { openPbx, type PbxActor } from './pbx-stage.ts';

function next<T>(what: string, event: Event<T>, where: (value: T) => boolean = () => true): Promise<T> {
  return within(
    8000,
    what,
    new Promise((resolve) => {
      const listening = event((value) => {
        if (!where(value)) return;
        listening.dispose();
        resolve(value);
      });
    }),
  );
}

describe('Offhook’s own user agent on Offhook’s PBX', () => {
  let media: RelayMediaLegFactory;
  beforeAll(async () => {
    media = new RelayMediaLegFactory({
      workerEntry: new URL('../../core/media/relay/relay-worker.ts', import.meta.url),
      audioEndpoint: new SilentAudioEndpoint(),
      clock: systemClock,
      logger: silentLogger,
      localAddresses: () => ['127.0.0.1'],
    });
    await media.prepare();
  });
  afterAll(() => media?.stop());

  const createLeg = (tone: number): MediaLeg => {
    const leg = media.create({ callId: randomUUID(), security: 'rtp', localAddress: '127.0.0.1', codecs: ['opus', 'PCMA'], stunServer: null, endpoint: 'synthetic' });
    onTestFinished(() => leg.dispose());
    leg.synthetic!.setTone(tone);
    return leg;
  };

  async function register(pbx: PbxActor, extension: string, transport: SipTransport): Promise<SipUserAgent> {
    const { sipHost, udpPort, tlsPort, wssPort } = pbx.running.addresses;
    const port = { udp: udpPort, tcp: udpPort, tls: tlsPort, wss: wssPort }[transport as 'udp' | 'tcp' | 'tls' | 'wss'];
    const agent = new SipJsUserAgentFactory({ clock: systemClock, logger: silentLogger }).create({
      id: extension,
      displayName: extension,
      user: extension,
      authorizationUser: null,
      password: pbx.passwords.get(extension)!,
      domain: sipHost,
      transport,
      serverHost: sipHost,
      serverPort: port,
      outboundProxy: null,
      webSocketPath: '/ws',
      media: 'rtp',
      registerExpires: 120,
      trustIdentity: true,
      verifyCertificate: false,
    });
    onTestFinished(() => agent.stop());
    const registered = next(`${extension} is registered`, agent.onRegistration, ({ state }) => state === 'registered');
    agent.start();
    await registered;
    return agent;
  }

  test.each(['udp', 'tcp', 'tls', 'wss'] as const)('registers by %s with SHA-256 offered, and hears itself from the echo', async (transport) => {
    const pbx = await openPbx(openStage(), { digest: ['SHA-256', 'MD5'] });
    const agent = await register(pbx, '101', transport);
    const leg = createLeg(850);
    const session = agent.invite('600', leg);
    const heard = next('the tone comes back', leg.synthetic!.onTone, ({ frequency }) => Math.abs(frequency - 850) < 10);
    await Promise.all([next('answered', session.onAnswered), heard]);
    const ended = next('ended', session.onEnded);
    session.end();
    expect(await ended).toMatchObject({ by: 'us' });
    await expect.poll(() => pbx.running.records.recent(1)[0]).toMatchObject({ disposition: 'answered', endedBy: 'caller', codec: 'PCMA' });
  });

  test('calls a second one, which sees who calls, is held and sees that too', async () => {
    const pbx = await openPbx(openStage());
    const [anna, boris] = [await register(pbx, '101', 'udp'), await register(pbx, '102', 'tcp')];
    const [leg, other] = [createLeg(500), createLeg(1200)];
    const invited = next('an invitation', boris.onInvitation);
    const session = anna.invite('102', leg);
    const invitation = await invited;
    expect(invitation.identity).toMatchObject({ user: '101', displayName: 'Demo 101', asserted: true });
    const incoming = invitation.take(other);
    incoming.ring();
    const answered = next('answered', session.onAnswered);
    await incoming.answer();
    await answered;
    const hears = (what: MediaLeg, tone: number) => next(`${tone} Hz is heard`, what.synthetic!.onTone, ({ frequency }) => Math.abs(frequency - tone) < 10);
    await Promise.all([hears(leg, 1200), hears(other, 500)]);
    const told = next('told of the hold', other.onNegotiated, ({ direction }) => direction === 'recvonly');
    leg.setHold(true);
    await session.reoffer();
    await told;
    const taken = next('taken back', other.onNegotiated, ({ direction }) => direction === 'sendrecv');
    leg.setHold(false);
    await session.reoffer();
    await taken;
    await Promise.all([hears(leg, 1200), hears(other, 500)]);
    const ended = next('ended', session.onEnded);
    incoming.end();
    expect(await ended).toMatchObject({ by: 'them' });
  });
});
