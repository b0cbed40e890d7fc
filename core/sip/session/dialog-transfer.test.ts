import { afterEach, expect, test } from 'vitest';
import { headerValue } from '../messages/sip-message.ts';
import { callUp, inDialog, setUp, tidyUp } from '../outgoing-call.test-support.ts';
import type { ReceivedMessage } from '../transports/index.ts';
import type { ScriptedServer } from '../testing/scripted-server.ts';

afterEach(tidyUp);

async function referred(target = '203') {
  const stage = await setUp();
  const { server, phone, leg, contact } = stage;
  const { session, invite } = await callUp(server, phone, leg, contact);
  const given = session.transfer(target);
  // Each test looks at how it ends; until then it is nobody's unhandled rejection.
  given.catch(() => undefined);
  return { ...stage, session, invite, given, refer: await server.next('REFER') };
}

let number = 100;
/** The far end's word on how far it is; gives the status it was answered with. */
async function notify(server: ScriptedServer, invite: ReceivedMessage, line: string, state = 'active;expires=60') {
  const headers = ['Event: refer;id=2', `Subscription-State: ${state}`, 'Content-Type: message/sipfrag;version=2.0'];
  server.send(invite.flow, inDialog('NOTIFY', ++number, invite, headers), line === '' ? '' : `${line}\r\n`);
  return (await server.next('NOTIFY')).message.status;
}

test('a transfer tells the far end whom to call, and is done when it has got there', async () => {
  const { server, session, invite, given, refer } = await referred();
  expect(headerValue(refer.message, 'refer-to')).toBe('<sip:203@pbx.example>');
  expect(headerValue(refer.message, 'referred-by')).toBe('<sip:1001@pbx.example>');
  server.respond(refer, 202);
  expect(await notify(server, invite, 'SIP/2.0 100 Trying')).toBe(200);
  expect(await notify(server, invite, 'SIP/2.0 180 Ringing')).toBe(200);
  expect(await notify(server, invite, 'SIP/2.0 200 OK', 'terminated;reason=noresource')).toBe(200);
  await given;
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('a transfer that comes to nothing says why, and the call goes on', async () => {
  const { server, session, invite, given, refer } = await referred();
  server.respond(refer, 202);
  await notify(server, invite, 'SIP/2.0 486 Busy Here', 'terminated;reason=noresource');
  await expect(given).rejects.toMatchObject({ code: 'call.busy', values: { status: 486 } });
  expect(await notify(server, invite, 'SIP/2.0 200 OK')).toBe(481);
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test.each([
  [405, 'call.not-supported'],
  [501, 'call.not-supported'],
  [403, 'call.forbidden'],
  [603, 'call.declined'],
])('a far end that answers REFER with %i gives %s', async (status, code) => {
  const { server, session, given, refer } = await referred();
  server.respond(refer, status);
  await expect(given).rejects.toMatchObject({ code });
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('a far end that hangs up after it took the transfer has gone to it; one that hangs up before has not', async () => {
  const taken = await referred();
  taken.server.respond(taken.refer, 202);
  await notify(taken.server, taken.invite, 'SIP/2.0 100 Trying');
  taken.server.send(taken.invite.flow, inDialog('BYE', ++number, taken.invite));
  await taken.given;
  const early = await referred();
  early.server.send(early.invite.flow, inDialog('BYE', ++number, early.invite));
  await expect(early.given).rejects.toMatchObject({ code: 'call.not-possible-now' });
});

test('a far end that will tell nothing has taken the transfer with its 202 (RFC 4488)', async () => {
  const { server, session, given, refer } = await referred();
  server.respond(refer, 202, { headers: ['Refer-Sub: false'] });
  await given;
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('nothing that is dialled can become more than an address', async () => {
  const { server, session, refer } = await referred('12>\u0020;x=y?Replaces=z');
  expect(headerValue(refer.message, 'refer-to')).toMatch(/^<sip:[^<>?\s]+@pbx\.example>$/);
  server.respond(refer, 603);
  await expect(session.transfer('1\r\nEvil: 1')).rejects.toMatchObject({ code: 'number.unreadable' });
  session.end();
  server.respond(await server.next('BYE'), 200);
});
