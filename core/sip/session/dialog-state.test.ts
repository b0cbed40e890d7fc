import { afterEach, expect, test } from 'vitest';
import { headerValue } from '../messages/sip-message.ts';
import { answerSdp, callUp, inDialog, setUp, tidyUp } from '../outgoing-call.test-support.ts';
import { nextOf } from '../testing/scripted-server.ts';
import type { SipDialog, SipSession } from '../user-agent.ts';

afterEach(tidyUp);

function statesOf(session: SipSession): SipDialog[] {
  const states: SipDialog[] = [];
  session.onDialogState((state) => states.push(state));
  return states;
}

test('an answered call tells its dialog, with the route that the far end is reached by', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const states = statesOf(session);
  const invite = await server.next('INVITE');
  expect(session.dialogState).toBeNull();
  const route = [1, 2].map((hop) => `Record-Route: <sip:127.0.0.1:${server.port};lr;hop=${hop}>`);
  const answered = nextOf(session.onAnswered);
  server.respond(invite, 200, { toTag: 'callee', headers: [contact, ...route], body: answerSdp });
  await answered;
  await server.next('ACK');
  expect(states).toEqual([
    {
      callId: session.sipCallId,
      localTag: /;tag=(.+)$/.exec(headerValue(invite.message, 'from')!)![1],
      remoteTag: 'callee',
      localUri: 'sip:1001@pbx.example',
      remoteUri: 'sip:600@pbx.example',
      remoteTarget: `sip:callee@127.0.0.1:${server.port}`,
      routeSet: [2, 1].map((hop) => `<sip:127.0.0.1:${server.port};lr;hop=${hop}>`),
      localSequence: 1,
    },
  ]);
  expect(session.dialogState).toEqual(states[0]);
});

test('a call that rings has a dialog already, unless nobody has put a tag to it', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const states = statesOf(session);
  const invite = await server.next('INVITE');
  server.respond(invite, 180, { toTag: '' });
  await nextOf(session.onProgress);
  expect(states).toEqual([]);
  server.respond(invite, 183, { toTag: 'callee', headers: [contact] });
  await nextOf(session.onProgress);
  expect(states).toMatchObject([{ remoteTag: 'callee', localSequence: 1 }]);
});

test('a ringing without Contact does not decide where the ACK goes', async () => {
  const { server, phone, leg, contact } = await setUp();
  const session = phone.invite('600', leg);
  const invite = await server.next('INVITE');
  server.respond(invite, 180, { toTag: 'callee' });
  await nextOf(session.onProgress);
  const answered = nextOf(session.onAnswered);
  server.respond(invite, 200, { toTag: 'callee', headers: [contact], body: answerSdp });
  await answered;
  const target = `sip:callee@127.0.0.1:${server.port}`;
  expect((await server.next('ACK')).message.requestUri).toBe(target);
  expect(session.dialogState?.remoteTarget).toBe(target);
});

test('the dialog follows the far end by its answer to our re-INVITE, and by its own', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session, invite } = await callUp(server, phone, leg, contact);
  const states = statesOf(session);
  const targetOf = (user: string) => `sip:${user}@127.0.0.1:${server.port}`;
  const held = session.reoffer();
  server.respond(await server.next('INVITE'), 200, { headers: [contact.replace('callee', 'mobile')], body: answerSdp });
  await held;
  expect((await server.next('ACK')).message.requestUri).toBe(targetOf('mobile'));
  expect(states).toMatchObject([{ remoteTarget: targetOf('mobile'), localSequence: 2 }]);
  const moved = inDialog('INVITE', 5, invite).map((line) =>
    line.replace('Contact: <sip:callee@', 'Contact: <sip:desk@'),
  );
  server.send(invite.flow, moved, answerSdp);
  await server.next('INVITE');
  server.send(invite.flow, inDialog('ACK', 5, invite));
  expect(states.at(-1)).toMatchObject({ remoteTarget: targetOf('desk'), localSequence: 2 });
  session.end();
  const bye = await server.next('BYE');
  expect(bye.message.requestUri).toBe(targetOf('desk'));
  server.respond(bye, 200);
});

test('an answer to our re-INVITE that names no target leaves it', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session } = await callUp(server, phone, leg, contact);
  const held = session.reoffer();
  server.respond(await server.next('INVITE'), 200, { body: answerSdp });
  await held;
  expect(session.dialogState).toMatchObject({ remoteTarget: `sip:callee@127.0.0.1:${server.port}`, localSequence: 2 });
});

test('each digit by INFO is a number more', async () => {
  const { server, phone, leg, contact } = await setUp();
  const { session } = await callUp(server, phone, leg, contact);
  const states = statesOf(session);
  const sent = session.sendDigitsByInfo('12');
  for (const _digit of '12') server.respond(await server.next('INFO'), 200);
  await sent;
  expect(states.map(({ localSequence }) => localSequence)).toEqual([2, 3]);
});
