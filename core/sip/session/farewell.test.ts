import { afterEach, expect, test } from 'vitest';
import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import { answerSdp, setUp, tidyUp } from '../outgoing-call.test-support.ts';
import type { ScriptedServer } from '../testing/scripted-server.ts';
import type { SessionEnd, SipSession } from '../user-agent.ts';

afterEach(tidyUp);

const branch = (message: SipMessage) => /branch=([^;]+)/.exec(headerValue(message, 'via')!)![1];
const countOf = (server: ScriptedServer, method: string) =>
  server.requests.filter(({ message }) => message.kind === 'request' && message.method === method).length;

function endsOf(session: SipSession): SessionEnd[] {
  const ends: SessionEnd[] = [];
  session.onEnded((end) => ends.push(end));
  return ends;
}

test('hung up before any provisional answer: over at once for the user, CANCEL as soon as it may go', async () => {
  const { server, phone, leg } = await setUp();
  const session = phone.invite('600', leg);
  const ends = endsOf(session);
  const invite = await server.next('INVITE');
  session.end();
  expect(ends).toMatchObject([{ by: 'us', status: null, error: null }]);
  // The INVITE is repeated until somebody answers, and nothing is cancelled meanwhile (RFC 3261 9.1).
  const repeated = await server.next('INVITE');
  expect(branch(repeated.message)).toBe(branch(invite.message));
  expect(countOf(server, 'CANCEL')).toBe(0);
  server.respond(invite, 100);
  const cancel = await server.next('CANCEL');
  expect(branch(cancel.message)).toBe(branch(invite.message));
  // Lost on its way: over UDP it is repeated like any request.
  const again = await server.next('CANCEL');
  expect(branch(again.message)).toBe(branch(invite.message));
  server.respond(again, 200);
  server.respond(invite, 487);
  await server.next('ACK');
  expect(ends).toHaveLength(1);
});

test('hung up before any provisional answer, a 200 is acknowledged and ended by BYE', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const ends = endsOf(session);
  const invite = await server.next('INVITE');
  session.end();
  server.respond(invite, 200, { toTag: 'callee', headers: [contact], body: answerSdp });
  await server.next('ACK');
  server.respond(await server.next('BYE'), 200);
  expect(ends).toMatchObject([{ by: 'us' }]);
  expect(countOf(server, 'CANCEL')).toBe(0);
});

test('hung up before a challenge came, the INVITE is not sent anew', async () => {
  const { server, phone, leg } = await setUp();
  const session = phone.invite('600', leg);
  const invite = await server.next('INVITE');
  session.end();
  server.respond(invite, 407, { headers: ['Proxy-Authenticate: Digest realm="r", nonce="n", qop="auth"'] });
  await server.next('ACK');
  await phone.stop();
  expect(countOf(server, 'INVITE')).toBe(1);
});

test('stopping waits for the provisional answer of a call, cancels it, and sees it end', async () => {
  const { server, phone, leg } = await setUp();
  const ends = endsOf(phone.invite('600', leg));
  const invite = await server.next('INVITE');
  const stopped = phone.stop();
  expect(ends).toMatchObject([{ by: 'us' }]);
  await server.next('REGISTER');
  server.respond(invite, 180, { toTag: 'callee', headers: [`Contact: <sip:callee@127.0.0.1:${server.port}>`] });
  const cancel = await server.next('CANCEL');
  server.respond(cancel, 200);
  server.respond(invite, 487, { toTag: 'callee' });
  await server.next('ACK');
  await stopped;
});

test('stopping ends a call whose 200 crosses by ACK and BYE', async () => {
  const { server, phone, leg, contact } = await setUp();
  phone.invite('600', leg);
  const invite = await server.next('INVITE');
  const stopped = phone.stop();
  await server.next('REGISTER');
  server.respond(invite, 180, { toTag: 'callee', headers: [contact] });
  server.respond(await server.next('CANCEL'), 200);
  server.respond(invite, 200, { toTag: 'callee', headers: [contact], body: answerSdp });
  await server.next('ACK');
  server.respond(await server.next('BYE'), 200);
  await stopped;
});

test('a server that never answers does not keep the phone from stopping within 2 s', async () => {
  const { server, phone, leg } = await setUp();
  phone.invite('600', leg);
  await server.next('INVITE');
  const began = performance.now();
  await phone.stop();
  expect(performance.now() - began).toBeLessThan(2000);
  expect(countOf(server, 'CANCEL')).toBe(0);
});
