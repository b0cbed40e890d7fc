import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger, systemClock, type Event, type LogFields } from '#core/foundation/index.ts';
import type { CodecName, MediaLeg } from '../media-leg.ts';
import { writeRtpHeader } from '../rtp/rtp-packet.ts';
import { UdpSocket } from '../rtp/udp-socket.ts';
import { SilentAudioEndpoint } from '../testing/silent-audio-endpoint.ts';
import { RelayMediaLegFactory } from './relay-media-leg-factory.ts';

let warnings: (fields: LogFields) => void = () => {};
const factory = new RelayMediaLegFactory({
  workerEntry: new URL('./relay-worker.ts', import.meta.url),
  audioEndpoint: new SilentAudioEndpoint(),
  clock: systemClock,
  logger: { ...silentLogger, warn: (_message, fields) => warnings(fields!) },
  localAddresses: () => ['127.0.0.1'],
});
const legs: MediaLeg[] = [];
const hasIpv6 = Object.values(networkInterfaces()).some((entries) => entries?.some(({ address }) => address === '::1'));

beforeAll(() => factory.prepare());
afterAll(async () => {
  for (const leg of legs) leg.dispose();
  await factory.stop();
});

function createLeg(codecs: CodecName[], security: 'rtp' | 'srtp' = 'rtp', localAddress = '127.0.0.1'): MediaLeg {
  const callId = `call-${legs.length}`;
  const leg = factory.create({ callId, security, localAddress, codecs, stunServer: null, endpoint: 'synthetic' });
  legs.push(leg);
  return leg;
}

function next<T>(event: Event<T>, where: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listening = event((value) => {
      if (!where(value)) return;
      listening.dispose();
      resolve(value);
    });
  });
}

const tone = (leg: MediaLeg, frequency: number) =>
  next(leg.synthetic!.onTone, (heard) => Math.abs(heard.frequency - frequency) < 5);

async function connect(a: MediaLeg, b: MediaLeg): Promise<string[]> {
  const offer = await a.createOffer();
  const answer = await b.createAnswer(offer);
  await a.applyAnswer(answer);
  return [offer, answer];
}

describe('a relay leg', () => {
  it('offers within microtasks once its ports are prepared', async () => {
    const leg = createLeg(['PCMA']);
    let settled = false;
    void leg.createOffer().then(() => (settled = true));
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(settled).toBe(true);
  });

  it.each<[CodecName, 'rtp' | 'srtp']>([
    ['PCMA', 'rtp'],
    ['PCMU', 'srtp'],
    ['G722', 'rtp'],
    ['opus', 'rtp'],
  ])('carries tones both ways in %s over %s', async (codec, security) => {
    const [a, b] = [createLeg([codec], security), createLeg(codec === 'opus' ? ['opus'] : ['PCMA', 'PCMU', 'G722'])];
    const negotiated = next(a.onNegotiated);
    a.synthetic!.setTone(440);
    b.synthetic!.setTone(1000);
    await connect(a, b);
    expect(await negotiated).toEqual({ codec, encrypted: security === 'srtp', direction: 'sendrecv' });
    const [atA, atB] = await Promise.all([tone(a, 1000), tone(b, 440)]);
    expect(Math.abs(atA.level + 12)).toBeLessThan(2);
    expect(Math.abs(atB.level + 12)).toBeLessThan(2);
  });

  it.skipIf(!hasIpv6)('is heard over IPv6', async () => {
    const [a, b] = [createLeg(['PCMA'], 'rtp', '::1'), createLeg(['PCMA'], 'rtp', '::1')];
    a.synthetic!.setTone(700);
    const [offer] = await connect(a, b);
    expect(offer).toContain('c=IN IP6 ::1');
    await tone(b, 700);
  });

  it('sends digits that the other end detects, each once', async () => {
    const [a, b] = [createLeg(['PCMA']), createLeg(['PCMA'])];
    await connect(a, b);
    let heard = '';
    const all = next(b.onDigit, (digit) => (heard += digit).length === 4);
    await a.sendDigits('15*#');
    await all;
    expect(heard).toBe('15*#');
  });

  it('rejects digits where no telephone event was negotiated', async () => {
    const [a, b] = [createLeg(['PCMA']), createLeg(['PCMA'])];
    const offer = (await a.createOffer()).replace(/ 101/, '').replace(/a=(rtpmap|fmtp):101.*\r\n/g, '');
    await a.applyAnswer(await b.createAnswer(offer));
    await expect(a.sendDigits('1')).rejects.toMatchObject({ code: 'call.not-possible-now' });
  });

  it('falls silent while it holds, and is heard again after', async () => {
    const [a, b] = [createLeg(['PCMA']), createLeg(['PCMA'])];
    a.synthetic!.setTone(500);
    await connect(a, b);
    await tone(b, 500);
    const heldAtB = next(b.onNegotiated);
    a.setHold(true);
    await connect(a, b);
    expect((await heldAtB).direction).toBe('recvonly');
    // What was on its way when the call was held is heard to its end meanwhile.
    await b.sendDigits('1');
    let heard = 0;
    const counting = b.synthetic!.onTone(() => heard++);
    await b.sendDigits('2');
    expect(heard).toBe(0);
    counting.dispose();
    a.setHold(false);
    await connect(a, b);
    await tone(b, 500);
  });

  it('counts what strangers and broken senders send, and logs it once', async () => {
    const warned = new Promise<LogFields>((resolve) => (warnings = resolve));
    const [a, b] = [createLeg(['PCMA']), createLeg(['PCMA'])];
    b.synthetic!.setTone(500);
    const offer = await a.createOffer();
    await a.applyAnswer(await b.createAnswer(offer));
    await tone(a, 500);
    const port = Number(/m=audio (\d+)/.exec(offer)![1]);
    const stranger = await UdpSocket.bind('127.0.0.1', 0);
    const rtp = Buffer.alloc(172, 1);
    writeRtpHeader(rtp, { payloadType: 8, marker: false, sequence: 1, timestamp: 1, ssrc: 666 });
    for (const datagram of [rtp, Buffer.from('not RTP at all'), Buffer.from([0x8f, 8, 0])]) {
      stranger.send(datagram, datagram.length, port, '127.0.0.1');
    }
    await tone(a, 500);
    stranger.close();
    a.dispose();
    expect(await warned).toMatchObject({ foreign: 1, malformed: 2 });
  });

  it('refuses an SDP that it cannot use and goes on as before', async () => {
    const [a, b] = [createLeg(['PCMA']), createLeg(['PCMA'])];
    a.synthetic!.setTone(600);
    await connect(a, b);
    await expect(b.createAnswer('v=0\r\no=- 1 1 IN IP4 x\r\nm=audio')).rejects.toMatchObject({
      code: 'call.media-not-acceptable',
    });
    await tone(b, 600);
  });
});
