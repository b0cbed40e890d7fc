import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { silentLogger, systemClock, type Event } from '#core/foundation/index.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import { TestAuthority } from '#test/support/certificates.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { certificateErrorCode } from './certificate-errors.ts';
import type { SipProtocol } from './sip-flow.ts';
import { SipTransportLayer } from './sip-transport-layer.ts';

let certificate: { key: string; cert: string };
const layers: SipTransportLayer[] = [];
beforeAll(() => {
  certificate = makeCertificate(['pbx.example']);
});
afterEach(() => Promise.all(layers.splice(0).map((layer) => layer.close())));

function newLayer(): SipTransportLayer {
  const layer = new SipTransportLayer({ clock: systemClock, logger: silentLogger });
  layers.push(layer);
  return layer;
}

function next<T>(event: Event<T>): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      subscription.dispose();
      resolve(value);
    });
  });
}

function text(lines: string[], body = ''): SipMessage {
  const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`));
  if (!parsed.ok) throw new Error(parsed.malformed.cause);
  return parsed.message;
}

function options(via: string): SipMessage {
  return text([
    'OPTIONS sip:600@pbx.example SIP/2.0',
    `Via: ${via}`,
    'From: <sip:1@a>;tag=1',
    'To: <sip:2@a>',
    'Call-ID: c',
    'CSeq: 1 OPTIONS',
  ]);
}

function answerTo(request: SipMessage): SipMessage {
  const copied = request.headers.filter(({ name }) => ['via', 'from', 'to', 'call-id', 'cseq'].includes(name));
  return text(['SIP/2.0 200 OK', ...copied.map(({ name, value }) => `${name}: ${value}`)], 'ответ');
}

test.each<SipProtocol>(['udp', 'tcp', 'tls', 'ws', 'wss'])('a request and its response cross %s', async (protocol) => {
  const server = newLayer();
  const client = newLayer();
  const listener = await server.listen({ protocol, address: '127.0.0.1', port: 0, certificate });
  server.onMessage(({ message }) => server.respond(answerTo(message)));
  const asked = next(server.onMessage);
  const flow = await client.connect({
    protocol,
    remote: listener.local,
    serverName: 'pbx.example',
    path: '/ws',
    trustedCertificates: [certificate.cert],
  });
  const answered = next(client.onMessage);
  const via = `SIP/2.0/${protocol.toUpperCase()} ${flow.local.address}:${flow.local.port};branch=z9hG4bK7;rport`;
  client.send(flow, options(via));
  expect((await asked).message.method).toBe('OPTIONS');
  const { message } = await answered;
  expect(message).toMatchObject({ kind: 'response', status: 200, body: 'ответ' });
  expect(headerValue(message, 'via')).toBe(via.replace('rport', `rport=${flow.local.port};received=127.0.0.1`));
});

test('without rport a UDP response goes to the sent-by port', async () => {
  const server = newLayer();
  const client = newLayer();
  const elsewhere = newLayer();
  const listener = await server.listen({ protocol: 'udp', address: '127.0.0.1', port: 0 });
  const sentBy = await elsewhere.listen({ protocol: 'udp', address: '127.0.0.1', port: 0 });
  server.onMessage(({ message }) => server.respond(answerTo(message)));
  const flow = await client.connect({ protocol: 'udp', remote: listener.local });
  const answered = next(elsewhere.onMessage);
  client.send(flow, options(`SIP/2.0/UDP 127.0.0.1:${sentBy.local.port};branch=z9hG4bK7`));
  expect((await answered).message.status).toBe(200);
});

test('a flow stamp that the sender brings is not believed', async () => {
  const server = newLayer();
  const client = newLayer();
  const listener = await server.listen({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
  const victim = await client.connect({ protocol: 'tcp', remote: listener.local });
  const attacker = await client.connect({ protocol: 'tcp', remote: listener.local });
  const asked = next(server.onMessage);
  client.send(attacker, options(`SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK7;oh-flow=${victim.id}`));
  const { message, flow } = await asked;
  expect(server.flowForResponse(answerTo(message))).toBe(flow);
});

test.each([
  ['untrusted', 'valid' as const, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'line.certificate-untrusted'],
  ['for another name', 'wrong-name' as const, 'ERR_TLS_CERT_ALTNAME_INVALID', 'line.certificate-wrong-name'],
  ['expired', 'expired' as const, 'CERT_HAS_EXPIRED', 'line.certificate-expired'],
])('a certificate that is %s is refused with its own error', async (name, kind, code, meaning) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-authority-'));
  const authority = new TestAuthority(directory);
  const issued = authority.issue(kind);
  const own =
    name === 'untrusted'
      ? makeCertificate(['localhost'])
      : { key: readFileSync(issued.key, 'utf8'), cert: readFileSync(issued.certificate, 'utf8') };
  const trustedCertificates = [readFileSync(authority.certificate, 'utf8')];
  rmSync(directory, { recursive: true });
  const listener = await newLayer().listen({ protocol: 'tls', address: '127.0.0.1', port: 0, certificate: own });
  const destination = {
    protocol: 'tls' as const,
    remote: listener.local,
    serverName: 'localhost',
    trustedCertificates,
  };
  const failure = await newLayer()
    .connect(destination)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code });
  expect(certificateErrorCode(failure)).toBe(meaning);
  await newLayer().connect({ ...destination, verifyCertificate: false });
});

test('a stream that loses its frame is answered and closed', async () => {
  const server = newLayer();
  const client = newLayer();
  const listener = await server.listen({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
  const flow = await client.connect({ protocol: 'tcp', remote: listener.local });
  const answered = next(client.onMessage);
  const closed = next(flow.onClosed);
  flow.send(
    'OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n\r\n',
  );
  expect((await answered).message.status).toBe(400);
  await closed;
  expect([...server.malformedCounts]).toEqual([['Content-Length is missing on a stream', 1]]);
});

test('a double CRLF on a stream is answered by a single one', async () => {
  const server = newLayer();
  const client = newLayer();
  const listener = await server.listen({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
  const flow = await client.connect({ protocol: 'tcp', remote: listener.local });
  const before = flow.lastHeard;
  flow.ping();
  await expect.poll(() => flow.lastHeard).toBeGreaterThan(before);
});

test('what nobody listens to is refused with the error of the socket', async () => {
  const server = newLayer();
  const listener = await server.listen({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
  await listener.close();
  await expect(newLayer().connect({ protocol: 'tcp', remote: listener.local })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
