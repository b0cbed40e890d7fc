import { afterEach, expect, test } from 'vitest';
import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import { answerSdp, cleanUp, setUp, tidyUp } from '../outgoing-call.test-support.ts';
import { phoneAt, registeredPhone } from '../phone.test-support.ts';
import { FakeMediaLeg } from '../testing/fake-media-leg.ts';
import { nextOf, ScriptedServer } from '../testing/scripted-server.ts';
import type { SipSession } from '../user-agent.ts';

afterEach(tidyUp);

const ended = (session: SipSession) => nextOf(session.onEnded);

test('the INVITE is handed to the socket within the turn of the loop that dialled', async () => {
  const { phone, leg, server } = await setUp();
  const before = server.requests.length;
  phone.invite('600', leg);
  // One turn: microtasks have run, no timer and no further I/O of ours was waited for.
  await new Promise((resolve) => setImmediate(resolve));
  await expect.poll(() => server.requests.length, { interval: 1 }).toBe(before + 1);
  expect(server.requests.at(-1)!.message.method).toBe('INVITE');
});

test('a call is dialled, rings, is answered and hung up', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('*21#', leg);
  const progress: unknown[] = [];
  session.onProgress((step) => progress.push(step));
  const invite = await server.next('INVITE');
  expect(invite.message.requestUri).toBe('sip:*21%23@pbx.example');
  expect(invite.message.body).toContain('m=audio');
  expect(headerValue(invite.message, 'from')).toContain('"Anna" <sip:1001@pbx.example>');
  expect(headerValue(invite.message, 'allow')).toBe('INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY');
  expect(headerValue(invite.message, 'call-id')).toBe(session.sipCallId);
  server.respond(invite, 100);
  server.respond(invite, 180, { toTag: 'callee', headers: [contact] });
  const answered = nextOf(session.onAnswered);
  server.respond(invite, 200, { toTag: 'callee', headers: [contact], body: answerSdp });
  await answered;
  expect(progress).toEqual([
    { status: 100, earlyMedia: false },
    { status: 180, earlyMedia: false },
  ]);
  expect((await server.next('ACK')).message.requestUri).toBe(`sip:callee@127.0.0.1:${server.port}`);
  expect(leg.answers).toEqual([answerSdp]);
  const over = ended(session);
  session.end();
  server.respond(await server.next('BYE'), 200);
  expect(await over).toMatchObject({ by: 'us', status: null, error: null });
});

test('a 180 without tag and Contact still rings', async () => {
  const { server, phone, leg } = await setUp();
  const session = phone.invite('600', leg);
  const invite = await server.next('INVITE');
  const progress = nextOf(session.onProgress);
  server.respond(invite, 180, { toTag: '' });
  expect((await progress).status).toBe(180);
});

test('early media is applied, and a second fork replaces it; the answer of one fork stands', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const invite = await server.next('INVITE');
  const second = answerSdp.replace('40000', '40002');
  const early = nextOf(session.onProgress, ({ earlyMedia }) => earlyMedia);
  server.respond(invite, 183, { toTag: 'one', headers: [contact], body: answerSdp });
  await early;
  const another = nextOf(session.onProgress);
  server.respond(invite, 183, { toTag: 'two', headers: [contact], body: second });
  await another;
  const answered = nextOf(session.onAnswered);
  server.respond(invite, 200, { toTag: 'one', headers: [contact], body: answerSdp });
  await answered;
  expect(leg.answers).toEqual([answerSdp, second, answerSdp]);
  // The other fork answers as well, too late.
  await server.next('ACK');
  server.respond(invite, 200, { toTag: 'two', headers: [contact], body: second });
  await server.next('ACK');
  const bye = await server.next('BYE');
  expect(headerValue(bye.message, 'to')).toContain('tag=two');
  server.respond(bye, 200);
  expect(session).toMatchObject({ confirmed: true, ended: false });
});

test.each([
  [404, 'call.not-found'],
  [403, 'call.forbidden'],
  [408, 'call.timed-out'],
  [480, 'call.unavailable'],
  [484, 'call.number-incomplete'],
  [486, 'call.busy'],
  [488, 'call.media-not-acceptable'],
  [500, 'call.server-failed'],
  [503, 'call.server-overloaded'],
  [600, 'call.busy'],
  [603, 'call.declined'],
])('%i means %s', async (status, code) => {
  const { server, phone, leg } = await setUp();
  const session = phone.invite('600', leg);
  const over = ended(session);
  server.respond(await server.next('INVITE'), status, { reason: 'In Words' });
  expect(await over).toMatchObject({ by: 'them', status, reason: 'In Words', error: { code, values: { status } } });
  expect((await server.next('ACK')).message.method).toBe('ACK');
});

test('480 after ringing is nobody answering', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const over = ended(session);
  const invite = await server.next('INVITE');
  server.respond(invite, 180, { toTag: 'callee', headers: [contact] });
  server.respond(invite, 480);
  expect((await over).error?.code).toBe('call.no-answer');
});

test('a proxy challenge is answered, for the server only', async () => {
  const { server, phone, leg } = await setUp();
  phone.invite('600', leg);
  server.respond(await server.next('INVITE'), 407, {
    headers: ['Proxy-Authenticate: Digest realm="r", nonce="n", qop="auth"'],
  });
  const again = await server.next('INVITE');
  expect(headerValue(again.message, 'proxy-authorization')).toMatch(/^Digest username="1001", realm="r"/);
  expect(headerValue(again.message, 'cseq')).toBe('2 INVITE');
  server.respond(again, 486);
});

test('hanging up before the answer cancels, and a 200 that crosses is ended by BYE', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const invite = await server.next('INVITE');
  const progress = nextOf(session.onProgress);
  server.respond(invite, 180, { toTag: 'callee', headers: [contact] });
  await progress;
  const over = ended(session);
  session.end();
  expect(await over).toMatchObject({ by: 'us', error: null });
  const cancel = await server.next('CANCEL');
  const branch = (message: SipMessage) => /branch=([^;]+)/.exec(headerValue(message, 'via')!)![1];
  expect(branch(cancel.message)).toBe(branch(invite.message));
  server.respond(cancel, 200);
  server.respond(invite, 200, { toTag: 'callee', headers: [contact], body: answerSdp });
  server.respond(await server.next('BYE'), 200);
});

test('a redirection within the own domain is followed once', async () => {
  const { server, phone, leg } = await setUp();
  const session = phone.invite('600', leg);
  const over = ended(session);
  server.respond(await server.next('INVITE'), 302, { headers: ['Contact: <sip:601@pbx.example>'] });
  await server.next('ACK');
  const second = await server.next('INVITE');
  expect(second.message.requestUri).toBe('sip:601@pbx.example');
  server.respond(second, 302, { headers: ['Contact: <sip:602@pbx.example>'] });
  expect(await over).toMatchObject({ status: 302, error: { code: 'call.failed', values: { status: 302 } } });
});

test('a redirection elsewhere is not followed', async () => {
  const { server, phone, leg } = await setUp();
  const over = ended(phone.invite('600', leg));
  server.respond(await server.next('INVITE'), 302, { headers: ['Contact: <sip:0900@premium.example>'] });
  expect((await over).error?.code).toBe('call.failed');
});

test('an answer that the leg cannot use ends the call with a BYE', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const over = ended(session);
  leg.refuses = true;
  server.respond(await server.next('INVITE'), 200, { toTag: 'callee', headers: [contact], body: answerSdp });
  server.respond(await server.next('BYE'), 200);
  expect((await over).error?.code).toBe('call.media-not-acceptable');
});

test('without a connection the call ends at once, and says why', async () => {
  const phone = phoneAt({ port: 9 });
  const session = phone.invite('600', new FakeMediaLeg());
  expect(await ended(session)).toMatchObject({ error: { code: 'line.not-registered' } });
  await phone.stop();
});

test('what cannot be an address is not dialled', async () => {
  const { phone, leg } = await setUp();
  expect((await ended(phone.invite('60\r\n0', leg))).error?.code).toBe('number.unreadable');
});

test('what sip.js cannot write ends the call, and nothing else', async () => {
  const { phone, leg } = await setUp();
  expect((await ended(phone.invite('100%', leg))).error?.code).toBe('call.failed');
});

test('an INVITE of more than 1,300 bytes goes by TCP, and by UDP where TCP is refused', async () => {
  const { server, phone } = await setUp();
  const padding = 'a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n'.repeat(30);
  phone.invite('600', new FakeMediaLeg(padding));
  const refused = await server.next('INVITE');
  expect(refused.flow.protocol).toBe('udp');
  server.respond(refused, 486);
  await server.next('ACK');
  const other = await ScriptedServer.start();
  cleanUp.push(() => other.close());
  await other.layer.listen({ protocol: 'tcp', address: '127.0.0.1', port: other.port });
  const second = await registeredPhone(other);
  cleanUp.push(() => {
    other.letGo();
    return second.stop();
  });
  second.invite('600', new FakeMediaLeg(padding));
  const invite = await other.next('INVITE');
  expect(invite.flow.protocol).toBe('tcp');
  expect(headerValue(invite.message, 'via')).toMatch(/^SIP\/2\.0\/TCP /);
  expect(headerValue(invite.message, 'contact')).not.toContain('transport');
  other.respond(invite, 486);
  expect((await other.next('ACK')).flow.protocol).toBe('tcp');
});
