import { afterEach, expect, test } from 'vitest';
import { headerValue, headerValues } from '../messages/sip-message.ts';
import { callUp, cleanUp, inDialog, setUp, tidyUp } from '../outgoing-call.test-support.ts';
import { registeredPhone } from '../phone.test-support.ts';
import { ScriptedServer } from '../testing/scripted-server.ts';
import type { SipDialog } from '../user-agent.ts';

afterEach(tidyUp);

const dialogAt = (server: ScriptedServer, changes: Partial<SipDialog> = {}): SipDialog => ({
  callId: 'left-behind',
  localTag: 'ours',
  remoteTag: 'theirs',
  localUri: 'sip:1001@pbx.example',
  remoteUri: 'sip:600@pbx.example',
  remoteTarget: 'sip:callee@192.0.2.7:5060',
  routeSet: [`<sip:127.0.0.1:${server.port};lr;hop=1>`, '<sip:192.0.2.6;lr>'],
  localSequence: 1001,
  ...changes,
});

test('a BYE goes out within a dialog that only its data tells of, along its route', async () => {
  const { server, phone } = await setUp();
  const dialog = dialogAt(server);
  const said = phone.sayGoodbye(dialog);
  const bye = await server.next('BYE');
  expect(bye.message.requestUri).toBe('sip:callee@192.0.2.7:5060');
  expect(headerValues(bye.message, 'route')).toEqual(dialog.routeSet);
  expect(headerValue(bye.message, 'from')).toBe('<sip:1001@pbx.example>;tag=ours');
  expect(headerValue(bye.message, 'to')).toBe('<sip:600@pbx.example>;tag=theirs');
  expect(headerValue(bye.message, 'call-id')).toBe('left-behind');
  expect(headerValue(bye.message, 'cseq')).toBe('1002 BYE');
  server.respond(bye, 200);
  await said;
});

test.each([
  [401, 'WWW-Authenticate', 'authorization'],
  [407, 'Proxy-Authenticate', 'proxy-authorization'],
])('challenged by %s it is sent again with credentials', async (status, challenge, credentials) => {
  const { server, phone } = await setUp();
  const said = phone.sayGoodbye(dialogAt(server));
  server.respond(await server.next('BYE'), status, {
    headers: [`${challenge}: Digest realm="r", nonce="n", qop="auth"`],
  });
  const again = await server.next('BYE');
  expect(headerValue(again.message, credentials)).toContain('username="1001"');
  expect(headerValue(again.message, 'cseq')).toBe('1003 BYE');
  server.respond(again, 200);
  await said;
});

test('a far end that knows of no such call has hung up', async () => {
  const { server, phone } = await setUp();
  const said = phone.sayGoodbye(dialogAt(server));
  server.respond(await server.next('BYE'), 481);
  await expect(said).resolves.toBeUndefined();
});

test.each([403, 500, 302])('%s is no goodbye', async (status) => {
  const { server, phone } = await setUp();
  const said = phone.sayGoodbye(dialogAt(server));
  server.respond(await server.next('BYE'), status);
  await expect(said).rejects.toMatchObject({ detail: `SIP ${status} to BYE` });
});

test('a dialog that cannot be read is refused, and nothing is sent', async () => {
  const { server, phone } = await setUp();
  await expect(phone.sayGoodbye(dialogAt(server, { remoteTarget: 'no address\r\nX: y' }))).rejects.toMatchObject({
    code: 'call.failed',
  });
  expect(server.requests.some(({ message }) => message.method === 'BYE')).toBe(false);
});

test('the next run of a phone ends the call of the one before', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session } = await callUp(server, phone, leg, contact);
  const next = await registeredPhone(server);
  cleanUp.push(() => next.stop());
  const said = next.sayGoodbye(session.dialogState!);
  const bye = await server.next('BYE');
  expect(headerValue(bye.message, 'cseq')).toBe('2 BYE');
  server.respond(bye, 200);
  await said;
});

test('stopping waits for the answer to a goodbye', async () => {
  const { server, phone } = await setUp();
  const said = phone.sayGoodbye(dialogAt(server));
  const bye = await server.next('BYE');
  const stopped = phone.stop();
  await server.next('REGISTER');
  server.respond(bye, 200);
  await said;
  await stopped;
});

test('whoever goes on in a dialog of a run before this one is told that there is none', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  session.end();
  server.respond(await server.next('BYE'), 200);
  const statuses: Record<string, number> = {};
  for (const [index, method] of ['INVITE', 'OPTIONS', 'INFO', 'BYE'].entries()) {
    server.send(invite.flow, inDialog(method, 20 + index, invite));
    statuses[method] = (await server.next(method)).message.status;
  }
  expect(statuses).toEqual({ INVITE: 481, OPTIONS: 481, INFO: 481, BYE: 481 });
});
