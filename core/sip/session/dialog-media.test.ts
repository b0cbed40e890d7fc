import { afterEach, expect, test } from 'vitest';
import { headerValue } from '../messages/sip-message.ts';
import { answerSdp, callUp, cleanUp, inDialog, setUp, tidyUp } from '../outgoing-call.test-support.ts';
import { registeredPhone } from '../phone.test-support.ts';
import { FakeMediaLeg } from '../testing/fake-media-leg.ts';
import { nextOf, ScriptedServer } from '../testing/scripted-server.ts';
import type { SipSession } from '../user-agent.ts';

afterEach(tidyUp);

const ended = (session: SipSession) => nextOf(session.onEnded);

test('hold is a re-INVITE; a 491 is tried again', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session } = await callUp(server, phone, leg, contact);
  leg.setHold(true);
  const held = session.reoffer();
  const first = await server.next('INVITE');
  expect(first.message.body).toContain('a=sendonly');
  expect(headerValue(first.message, 'contact')).toContain('127.0.0.1');
  server.respond(first, 491);
  const second = await server.next('INVITE');
  expect(leg.rollbacks).toBe(1);
  server.respond(second, 200, { headers: [contact], body: answerSdp });
  await held;
  await server.next('ACK');
  session.end();
  server.respond(await server.next('BYE'), 200);
}, 8000);

test('a re-INVITE that is refused leaves the call up', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session } = await callUp(server, phone, leg, contact);
  const held = session.reoffer();
  server.respond(await server.next('INVITE'), 488);
  await expect(held).rejects.toMatchObject({ code: 'call.media-not-acceptable' });
  expect(leg.rollbacks).toBe(1);
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('digits go out by INFO, one after the other', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session } = await callUp(server, phone, leg, contact);
  const sent = session.sendDigitsByInfo('1#');
  for (const digit of ['1', '#']) {
    const info = await server.next('INFO');
    expect(info.message.body).toBe(`Signal=${digit}\r\nDuration=160\r\n`);
    server.respond(info, 200);
  }
  await sent;
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('their BYE ends it, with its reason', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  const over = ended(session);
  server.send(invite.flow, inDialog('BYE', 5, invite, ['Reason: Q.850;cause=16;text="Normal clearing"']));
  expect(await over).toMatchObject({ by: 'them', status: null, reason: 'Normal clearing', error: null });
  expect((await server.next('BYE')).message.status).toBe(200);
});

test('their hold is answered, and a late offer in a re-INVITE too', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  const held = answerSdp.replace('sendrecv', 'sendonly');
  server.send(invite.flow, inDialog('INVITE', 5, invite), held);
  const ok = await server.next('INVITE');
  expect(ok.message).toMatchObject({ status: 200 });
  expect(headerValue(ok.message, 'contact')).toContain('127.0.0.1');
  expect(leg.taken).toEqual([held]);
  server.send(invite.flow, inDialog('ACK', 5, invite));
  server.send(invite.flow, inDialog('INVITE', 6, invite));
  const offered = await server.next('INVITE');
  expect(offered.message.body).toContain('m=audio');
  server.send(invite.flow, inDialog('ACK', 6, invite), answerSdp);
  await expect.poll(() => leg.answers).toHaveLength(2);
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test.each([
  ['none', ''],
  ['one that cannot be used', answerSdp],
])('a late offer in a re-INVITE whose ACK brings no usable answer (%s) leaves the call as it was', async (_name, sdp) => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  const ends: unknown[] = [];
  session.onEnded((end) => ends.push(end));
  server.send(invite.flow, inDialog('INVITE', 5, invite));
  expect((await server.next('INVITE')).message.status).toBe(200);
  leg.refuses = true;
  server.send(invite.flow, inDialog('ACK', 5, invite), sdp);
  await expect.poll(() => leg.rollbacks).toBe(1);
  leg.refuses = false;
  // The call goes on, and takes the next offer.
  server.send(invite.flow, inDialog('INVITE', 6, invite), answerSdp);
  expect((await server.next('INVITE')).message.status).toBe(200);
  server.send(invite.flow, inDialog('ACK', 6, invite));
  expect(leg.answers).toEqual([answerSdp]);
  expect(ends).toEqual([]);
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('a re-INVITE that meets an offer of ours in the making is answered 491, ours goes on', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  let made = () => {};
  leg.offerReady = new Promise((resolve) => (made = resolve));
  leg.setHold(true);
  const held = session.reoffer();
  await new Promise((resolve) => setImmediate(resolve));
  server.send(invite.flow, inDialog('INVITE', 5, invite), answerSdp);
  expect((await server.next('INVITE')).message.status).toBe(491);
  server.send(invite.flow, inDialog('ACK', 5, invite));
  expect(leg.taken).toEqual([]);
  made();
  const ours = await server.next('INVITE');
  expect(ours.message).toMatchObject({ kind: 'request' });
  server.send(invite.flow, inDialog('INVITE', 6, invite), answerSdp);
  expect((await server.next('INVITE')).message.status).toBe(491);
  server.respond(ours, 200, { headers: [contact], body: answerSdp });
  await held;
  server.send(invite.flow, inDialog('INVITE', 7, invite), answerSdp);
  expect((await server.next('INVITE')).message.status).toBe(200);
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('an offer of ours waits until the ACK of their late offer has come', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  server.send(invite.flow, inDialog('INVITE', 5, invite));
  expect((await server.next('INVITE')).message.status).toBe(200);
  const again = session.reoffer();
  server.send(invite.flow, inDialog('ACK', 5, invite), answerSdp);
  const ours = await server.next('INVITE');
  expect(ours.message.kind).toBe('request');
  expect(leg).toMatchObject({ rollbacks: 0, answers: [answerSdp, answerSdp] });
  server.respond(ours, 200, { headers: [contact], body: answerSdp });
  await again;
  session.end();
  server.respond(await server.next('BYE'), 200);
}, 8000);

test('in a call, REFER, MESSAGE, UPDATE and what nobody knows are refused, OPTIONS and dtmf-relay answered', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  const statuses: Record<string, number> = {};
  const methods = ['REFER', 'MESSAGE', 'UPDATE', 'OPTIONS', 'NOTIFY', 'WINK'];
  for (const [index, method] of methods.entries()) {
    server.send(invite.flow, inDialog(method, 10 + index, invite, ['Event: refer', 'Refer-To: <sip:x@y>']));
    statuses[method] = (await server.next(method)).message.status;
  }
  server.send(invite.flow, inDialog('INFO', 20, invite, ['Content-Type: application/dtmf-relay']), 'Signal=1\r\n');
  statuses.INFO = (await server.next('INFO')).message.status;
  expect(statuses).toEqual({ REFER: 405, MESSAGE: 405, UPDATE: 405, OPTIONS: 200, NOTIFY: 481, WINK: 405, INFO: 200 });
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('a call outlives its TCP connection, and tells the far end where it is now', async () => {
  const server = await ScriptedServer.start('tcp');
  cleanUp.push(() => server.close());
  const phone = await registeredPhone(server, { transport: 'tcp' });
  cleanUp.push(() => {
    server.letGo();
    return phone.stop();
  });
  const contact = `Contact: <sip:callee@127.0.0.1:${server.port};transport=tcp>`;
  const { session, invite } = await callUp(server, phone, new FakeMediaLeg(), contact);
  invite.flow.close();
  const again = await server.next('INVITE');
  expect(again.flow.id).not.toBe(invite.flow.id);
  expect(headerValue(again.message, 'contact')).not.toBe(headerValue(invite.message, 'contact'));
  server.respond(again, 200, { headers: [contact], body: answerSdp });
  await server.next('ACK');
  const over = nextOf(session.onEnded);
  server.send(again.flow, inDialog('BYE', 5, again));
  expect((await over).by).toBe('them');
});

test('a call that is not answered yet ends when its connection breaks', async () => {
  const server = await ScriptedServer.start('tcp');
  cleanUp.push(() => server.close());
  const phone = await registeredPhone(server, { transport: 'tcp' });
  cleanUp.push(() => phone.stop());
  const over = nextOf(phone.invite('600', new FakeMediaLeg()).onEnded);
  (await server.next('INVITE')).flow.close();
  expect(await over).toMatchObject({ by: 'network', error: { code: 'call.unreachable' } });
});
