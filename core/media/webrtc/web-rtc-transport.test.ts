import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { classes, Message, methods, parseMessage } from 'werift';
import type { Disposable } from '#core/foundation/index.ts';
import { srtpTrailerRoom, writeRtpHeader } from '../rtp/index.ts';
import { UdpSocket } from '../rtp/udp-socket.ts';
import { parseSessionDescription, readAudio } from '../sdp/index.ts';
import { answerWindow } from '../relay/window-answer.ts';
import { FakeWindow } from '../testing/fake-window.ts';
import { createDtlsCertificate, type DtlsCertificate } from './dtls-session.ts';
import { bindingRequest, isAuthentic, parseStun, serializeStun, stunAttribute, xorMappedAddress } from './stun.ts';
import { WebRtcTransport } from './web-rtc-transport.ts';

let certificate: DtlsCertificate;
let open: Disposable[] = [];

beforeAll(async () => {
  certificate = await createDtlsCertificate();
});
afterEach(() => {
  for (const item of open) item.dispose();
  open = [];
});

async function connect(
  change: (answer: string, offer: string) => [string, string] = (answer, offer) => [answer, offer],
) {
  const transport = await WebRtcTransport.open({ address: '127.0.0.1', certificate, randomBytes });
  const window = await FakeWindow.open(certificate, randomBytes);
  open.push(transport, window);
  const state = new Promise<string>((resolve) => (transport.onState = resolve));
  const [answer, offer] = change(answerWindow(window.offer, transport.own, 1).sdp, window.offer);
  transport.setRemote(readAudio(parseSessionDescription(offer)).webRtc!, 'server');
  window.applyAnswer(answer);
  return { transport, window, state };
}

function packet(text: string) {
  const buffer = Buffer.alloc(12 + text.length + srtpTrailerRoom);
  writeRtpHeader(buffer, { payloadType: 8, marker: false, sequence: 1, timestamp: 1, ssrc: 1 });
  buffer.write(text, 12);
  return { buffer, length: 12 + text.length };
}

describe('a WebRTC transport', () => {
  it('connects and carries packets both ways', async () => {
    const { transport, window, state } = await connect();
    expect(await state).toBe('connected');
    await window.connected;
    const atTransport = new Promise<string>(
      (resolve) => (transport.onRtp = (buffer, length) => resolve(buffer.toString('latin1', 12, length))),
    );
    const atWindow = new Promise<string>(
      (resolve) => (window.onRtp = (buffer, length) => resolve(buffer.toString('latin1', 12, length))),
    );
    const [up, down] = [packet('from the window'), packet('from the relay')];
    window.send(up.buffer, up.length);
    transport.send(down.buffer, down.length);
    expect(await Promise.all([atTransport, atWindow])).toEqual(['from the window', 'from the relay']);
  });

  it('fails when the certificate is not the one of the SDP', async () => {
    const { state } = await connect((answer, offer) => [
      answer,
      offer.replace(/fingerprint:sha-256 ..../, 'fingerprint:sha-256 00:0'),
    ]);
    expect(await state).toBe('failed');
  });

  it('starts over with a far end that comes back with another certificate, as a reloaded page does', async () => {
    const { transport, state } = await connect();
    expect(await state).toBe('connected');
    const again = await FakeWindow.open(certificate, randomBytes);
    open.push(again);
    const offer = again.offer;
    const states: string[] = [];
    transport.onState = (next) => states.push(next);
    // The same certificate under another hash is another fingerprint for who compares text.
    const der = new X509Certificate(certificate.certificate.certPem).raw;
    const sha512 = createHash('sha512').update(der).digest('hex').toUpperCase().match(/../g)!.join(':');
    const other = offer.replace(/fingerprint:sha-256 [0-9A-F:]+/, `fingerprint:sha-512 ${sha512}`);
    transport.setRemote(readAudio(parseSessionDescription(other)).webRtc!, 'server');
    again.applyAnswer(answerWindow(offer, transport.own, 1).sdp);
    await again.connected;
    expect(states[0]).toBe('connecting');
    const heard = new Promise<string>(
      (resolve) => (transport.onRtp = (buffer, length) => resolve(buffer.toString('latin1', 12, length))),
    );
    const { buffer, length } = packet('here again');
    again.send(buffer, length);
    expect(await heard).toBe('here again');
  });

  it('hears nobody who does not know the ICE password', async () => {
    const { transport } = await connect((answer, offer) => [answer.replace(/ice-pwd:..../, 'ice-pwd:0000'), offer]);
    const stranger = await UdpSocket.bind('127.0.0.1', 0);
    open.push({ dispose: () => stranger.close() });
    const counted = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (transport.counters.authentication === 0 || transport.counters.foreign < 2) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
    const clientHello = Buffer.from([22, 254, 253, 0, 0]);
    stranger.send(clientHello, clientHello.length, transport.own.port, '127.0.0.1');
    const { buffer, length } = packet('rtp');
    stranger.send(buffer, length, transport.own.port, '127.0.0.1');
    await counted;
    expect(transport.state).toBe('connecting');
  });

  it('outlives arbitrary datagrams from the peer itself', async () => {
    const { transport, window, state } = await connect();
    expect(await state).toBe('connected');
    const { onMessage } = (transport as unknown as { socket: UdpSocket }).socket;
    const port = (window as unknown as { socket: UdpSocket }).socket.port;
    const source = { address: '127.0.0.1', port, family: 'IPv4' as const, size: 0 };
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.constantFrom(0, 20, 22, 23, 128),
        (bytes, first) => {
          const message = Buffer.from(bytes);
          message[0] = first;
          onMessage(message, source);
        },
      ),
    );
    expect(transport.state).toBe('connected');
  });
});

describe('STUN', () => {
  const password = 'p'.repeat(22);

  it('is read by werift as we write it', () => {
    const transaction = randomBytes(12);
    const mapped = xorMappedAddress('127.0.0.1', 4321, transaction);
    const raw = serializeStun(0x0101, transaction, [[stunAttribute.xorMappedAddress, mapped]], password);
    const message = parseMessage(raw, Buffer.from(password))!;
    expect(message.getAttributeValue('XOR-MAPPED-ADDRESS')).toEqual(['127.0.0.1', 4321]);
    expect(message.messageClass).toBe(classes.RESPONSE);
  });

  it('is read by us as werift writes it', () => {
    const message = new Message(methods.BINDING, classes.REQUEST, randomBytes(12)).setAttribute(
      'USERNAME',
      'ours:theirs',
    );
    message.addMessageIntegrity(Buffer.from(password)).addFingerprint();
    const parsed = parseStun(message.bytes)!;
    expect(parsed.type).toBe(bindingRequest);
    expect(parsed.attributes.get(stunAttribute.username)!.toString()).toBe('ours:theirs');
    expect(isAuthentic(parsed, password)).toBe(true);
    expect(isAuthentic(parsed, `${password}x`)).toBe(false);
  });

  it('never throws on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 80 }), (bytes) => {
        const body = Buffer.from(bytes.subarray(12, 12 + ((bytes.length - 12) & ~3)));
        const raw = Buffer.concat([
          Buffer.from([0, 1, 0, body.length, 0x21, 0x12, 0xa4, 0x42]),
          bytes.subarray(0, 12),
          body,
        ]);
        const parsed = parseStun(raw);
        if (parsed) expect(isAuthentic(parsed, password)).toBe(false);
        parseStun(Buffer.from(bytes));
      }),
    );
  });

  it('writes IPv6 addresses', () => {
    const transaction = Buffer.alloc(12);
    expect(xorMappedAddress('2001:db8::1', 0x2112, transaction).toString('hex')).toBe(
      '000200000113a9fa000000000000000000000001',
    );
  });
});
