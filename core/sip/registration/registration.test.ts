import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { headerValue, headerValues } from '../messages/sip-message.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { phoneAt } from '../phone.test-support.ts';
import { nextOf, ScriptedServer } from '../testing/scripted-server.ts';
import type { SipAccount, SipUserAgent } from '../user-agent.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const run of cleanUp.splice(0).reverse()) await run();
});

async function serverAnd(changes: Partial<SipAccount> = {}) {
  const server = await ScriptedServer.start();
  const clock = new FakeClock();
  const phone = phoneAt(server, changes, { clock });
  cleanUp.push(
    () => server.close(),
    () => stopped(phone, clock),
  );
  return { server, clock, phone };
}

/** The scripted server is silent by then: let the limits pass. */
async function stopped(phone: SipUserAgent, clock: FakeClock): Promise<void> {
  const stopping = phone.stop();
  clock.advance(2000);
  await stopping;
}

const state = (phone: SipUserAgent, wanted: string) =>
  nextOf(phone.onRegistration, (registration) => registration.state === wanted);

function field(value: string, name: string): string | undefined {
  return new RegExp(`${name}="?([^",]+)`).exec(value)?.[1];
}

test.each([
  ['MD5', 'md5'],
  ['SHA-256', 'sha256'],
  ['SHA-512-256', 'sha512-256'],
])('a %s challenge is answered with the right digest', async (algorithm, hash) => {
  const { server, phone } = await serverAnd({ authorizationUser: 'anna' });
  const registered = state(phone, 'registered');
  phone.start();
  server.respond(await server.next('REGISTER'), 401, {
    headers: [
      `WWW-Authenticate: Digest realm="pbx \\"1\\"", nonce="n1", opaque="o", algorithm=${algorithm}, qop="auth-int,auth"`,
    ],
  });
  const request = await server.next('REGISTER');
  const answer = headerValue(request.message, 'authorization')!;
  const digest = (text: string) => createHash(hash).update(text).digest('hex');
  const secret = digest('anna:pbx "1":secret');
  const expected = digest(
    `${secret}:n1:00000001:${field(answer, 'cnonce')}:auth:${digest('REGISTER:sip:pbx.example')}`,
  );
  expect(field(answer, 'response')).toBe(expected);
  expect(answer).toContain('opaque="o"');
  server.acceptRegister(request);
  expect(await registered).toEqual({ state: 'registered', nextTryAt: null, error: null });
});

test('of several challenges the strongest is answered', async () => {
  const { server, phone } = await serverAnd();
  phone.start();
  const challenge = (algorithm: string) =>
    `WWW-Authenticate: Digest realm="r", nonce="n-${algorithm}", algorithm=${algorithm}, qop="auth"`;
  server.respond(await server.next('REGISTER'), 401, {
    headers: [challenge('SHA-256'), challenge('MD5'), 'WWW-Authenticate: Bearer realm="r"'],
  });
  const values = headerValues((await server.next('REGISTER')).message, 'authorization');
  expect(values).toHaveLength(1);
  expect(values[0]).toContain('algorithm=SHA-256');
});

test('a stale nonce is answered anew, counted from one', async () => {
  const { server, phone } = await serverAnd();
  phone.start();
  const challenge = (nonce: string, stale = '') => ({
    headers: [`WWW-Authenticate: Digest realm="r", nonce="${nonce}", qop="auth"${stale}`],
  });
  server.respond(await server.next('REGISTER'), 401, challenge('old'));
  server.respond(await server.next('REGISTER'), 401, challenge('new', ', stale=TRUE'));
  const answer = headerValue((await server.next('REGISTER')).message, 'authorization')!;
  expect([field(answer, 'nonce'), field(answer, 'nc')]).toEqual(['new', '00000001']);
});

test('a wrong password is told, and not tried again for minutes', async () => {
  const { server, clock, phone } = await serverAnd();
  const refused = state(phone, 'refused');
  phone.start();
  const challenge = { headers: ['WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"'] };
  server.respond(await server.next('REGISTER'), 401, challenge);
  server.respond(await server.next('REGISTER'), 401, challenge);
  const { error, nextTryAt } = await refused;
  expect(error).toMatchObject({
    code: 'line.wrong-password',
    values: { host: '127.0.0.1', user: '1001', status: 401 },
  });
  expect(nextTryAt! - clock.now()).toBe(300_000);
  clock.advance(299_000);
  expect(server.requests).toHaveLength(2);
});

test.each([
  [403, 'line.refused', 'refused'],
  [404, 'line.unknown-user', 'refused'],
  [500, 'line.server-failed', 'unreachable'],
  [503, 'line.server-failed', 'unreachable'],
])('%i to REGISTER means %s', async (status, code, wanted) => {
  const { server, phone } = await serverAnd();
  const failed = state(phone, wanted);
  phone.start();
  server.respond(await server.next('REGISTER'), status);
  expect((await failed).error).toMatchObject({ code, values: { status } });
});

test('Retry-After is kept to', async () => {
  const { server, clock, phone } = await serverAnd();
  const failed = state(phone, 'unreachable');
  phone.start();
  server.respond(await server.next('REGISTER'), 503, { headers: ['Retry-After: 90 (maintenance)'] });
  expect((await failed).nextTryAt! - clock.now()).toBe(90_000);
});

test('a 423 is asked again for as long as the server wants', async () => {
  const { server, phone } = await serverAnd();
  phone.start();
  server.respond(await server.next('REGISTER'), 423, { headers: ['Min-Expires: 1800'] });
  expect(headerValue((await server.next('REGISTER')).message, 'expires')).toBe('1800');
});

test('a binding is refreshed before it ends, with the same Call-ID and the next number', async () => {
  const { server, clock, phone } = await serverAnd();
  const registered = state(phone, 'registered');
  phone.start();
  const first = await server.next('REGISTER');
  server.respond(first, 200, {
    headers: [`Contact: ${headerValue(first.message, 'contact')!.replace(/expires=\d+/, 'expires=100')}`],
  });
  await registered;
  clock.advance(79_000);
  expect(server.requests).toHaveLength(1);
  clock.advance(2000);
  const second = await server.next('REGISTER');
  expect(headerValue(second.message, 'call-id')).toBe(headerValue(first.message, 'call-id'));
  expect(headerValue(second.message, 'cseq')).toBe('2 REGISTER');
});

test('what a crash left behind under our Contact user is taken away, and nothing else', async () => {
  const { server, phone } = await serverAnd();
  phone.start();
  const first = await server.next('REGISTER');
  const own = headerValue(first.message, 'contact')!;
  const user = /sip:([^@]+)@/.exec(own)![1]!;
  server.respond(first, 200, {
    headers: [`Contact: ${own}, <sip:${user}@127.0.0.1:9>;expires=200`, 'Contact: <sip:somebody@127.0.0.1:9>'],
  });
  const removal = await server.next('REGISTER');
  expect(headerValue(removal.message, 'contact')).toBe(`<sip:${user}@127.0.0.1:9>;expires=0`);
  expect(server.requests).toHaveLength(2);
});

test('when the server sees us at another address, that is registered', async () => {
  const { server, phone } = await serverAnd();
  phone.start();
  const first = await server.next('REGISTER');
  const via = first.message.headers.find(({ name }) => name === 'via')!;
  via.value = via.value.replace(/rport=\d+/, 'rport=4321').replace(/received=[^;]+/, 'received=198.51.100.7');
  server.acceptRegister(first);
  expect(headerValue((await server.next('REGISTER')).message, 'contact')).toContain('@198.51.100.7:4321>');
});

test('stop takes the binding away', async () => {
  const { server, phone } = await serverAnd();
  const registered = state(phone, 'registered');
  phone.start();
  server.acceptRegister(await server.next('REGISTER'));
  await registered;
  const stopping = phone.stop();
  const last = await server.next('REGISTER');
  expect(headerValue(last.message, 'expires')).toBe('0');
  server.respond(last, 200);
  await stopping;
  expect(phone.registration.state).toBe('disabled');
});

test('a silent server is unreachable after 10 s, and tried again after about a second', async () => {
  const { server, clock, phone } = await serverAnd();
  const failed = state(phone, 'unreachable');
  phone.start();
  const first = await server.next('REGISTER');
  clock.advance(10_000);
  const { error, nextTryAt } = await failed;
  expect(error).toMatchObject({ code: 'line.timed-out', values: { host: '127.0.0.1' } });
  expect(nextTryAt! - clock.now()).toBe(1000);
  clock.advance(1000);
  // The first one was repeated meanwhile; the next try is made over a socket of its own.
  let second = await server.next('REGISTER');
  while (second.flow.id === first.flow.id) second = await server.next('REGISTER');
  server.acceptRegister(second);
  await state(phone, 'registered');
});

test('reconnect does not wait for the back-off', async () => {
  const { server, phone } = await serverAnd();
  const failed = state(phone, 'refused');
  phone.start();
  server.respond(await server.next('REGISTER'), 403);
  await failed;
  const registered = state(phone, 'registered');
  phone.reconnect();
  server.acceptRegister(await server.next('REGISTER'));
  await registered;
});

test('a TCP connection that the server closes is made again at once', async () => {
  const server = await ScriptedServer.start('tcp');
  const clock = new FakeClock();
  const phone = phoneAt(server, { transport: 'tcp' }, { clock });
  cleanUp.push(
    () => server.close(),
    () => stopped(phone, clock),
  );
  phone.start();
  const first = await server.next('REGISTER');
  server.acceptRegister(first);
  await state(phone, 'registered');
  const registering = state(phone, 'registering');
  first.flow.close();
  await registering;
  clock.advance(500);
  const second = await server.next('REGISTER');
  expect(second.flow.id).not.toBe(first.flow.id);
});

test('nothing that listens is unreachable, in a sentence that names the host', async () => {
  const { server, phone } = await serverAnd({ transport: 'tcp' });
  await server.close();
  const failed = state(phone, 'unreachable');
  phone.start();
  expect((await failed).error).toMatchObject({ code: 'line.unreachable', values: { host: '127.0.0.1' } });
});

test('a certificate for another name is told as such', async () => {
  const certificate = makeCertificate(['other.example']);
  const server = await ScriptedServer.start('tls', { certificate });
  const clock = new FakeClock();
  const phone = phoneAt(server, { transport: 'tls' }, { clock, trustedCertificates: [certificate.cert] });
  cleanUp.push(
    () => server.close(),
    () => stopped(phone, clock),
  );
  phone.start();
  expect((await state(phone, 'unreachable')).error?.code).toBe('line.certificate-wrong-name');
});

test('a name that does not exist is told as such', async () => {
  const none = () => Promise.reject(new Error('ENOTFOUND'));
  const clock = new FakeClock();
  const dns = { addresses: none, services: none, pointers: none };
  const phone = phoneAt(
    { port: 5060 },
    { serverHost: null, serverPort: null, domain: 'no.such.example' },
    { clock, dns },
  );
  cleanUp.push(() => stopped(phone, clock));
  phone.start();
  expect((await state(phone, 'unreachable')).error).toMatchObject({
    code: 'line.name-not-found',
    values: { host: 'no.such.example' },
  });
});

test('stop leaves no timer behind, whatever was going on', async () => {
  const { server, clock, phone } = await serverAnd();
  phone.start();
  await server.next('REGISTER');
  await phone.stop();
  expect(clock.pendingTimers).toBe(0);
  const second = await serverAnd();
  const registered = state(second.phone, 'registered');
  second.phone.start();
  second.server.acceptRegister(await second.server.next('REGISTER'));
  await registered;
  const stopping = second.phone.stop();
  second.server.respond(await second.server.next('REGISTER'), 200);
  await stopping;
  expect(second.clock.pendingTimers).toBe(0);
});
