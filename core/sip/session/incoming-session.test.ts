import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { headerValue } from '../messages/sip-message.ts';
import { FakeMediaLeg } from '../testing/fake-media-leg.ts';
import { registeredPhone } from '../phone.test-support.ts';
import { nextOf, ScriptedServer } from '../testing/scripted-server.ts';
import type { SipAccount, SipInvitation } from '../user-agent.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const run of cleanUp.splice(0).reverse()) await run();
});

const offer = new FakeMediaLeg().offer;

async function setUp(changes: Partial<SipAccount> = {}) {
  const server = await ScriptedServer.start();
  cleanUp.push(() => server.close());
  const phone = await registeredPhone(server, changes);
  cleanUp.push(() => {
    server.letGo();
    return phone.stop();
  });
  const { flow, message } = server.requests[0]!;
  const contact = /<([^>]+)>/.exec(headerValue(message, 'contact')!)![1]!;
  const lines = (method: string, number: number, extra: string[] = [], toTag = '') => [
    `${method} ${contact} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${server.port};branch=z9hG4bK-${method === 'CANCEL' ? 'INVITE' : method}-${number};rport`,
    'From: "Boris" <sip:1002@pbx.example>;tag=caller',
    `To: <sip:1001@pbx.example>${toTag && `;tag=${toTag}`}`,
    'Call-ID: call-1',
    `CSeq: ${number} ${method}`,
    `Contact: <sip:1002@127.0.0.1:${server.port}>`,
    'Max-Forwards: 70',
    ...extra,
  ];
  const call = async (extra: string[] = [], body = offer): Promise<SipInvitation> => {
    const invited = nextOf(phone.onInvitation);
    server.send(flow, lines('INVITE', 1, extra), body);
    return invited;
  };
  /** The final response to the INVITE. */
  const final = async () => {
    for (;;) {
      const { message } = await server.next('INVITE');
      if (message.status >= 200) return message;
    }
  };
  const toTag = (message: Awaited<ReturnType<typeof final>>) => /;tag=(.+)$/.exec(headerValue(message, 'to')!)![1]!;
  return { server, phone, flow, lines, call, final, toTag };
}

test('a call rings, is answered, acknowledged and hung up', async () => {
  const { server, flow, lines, call, final, toTag } = await setUp();
  const leg = new FakeMediaLeg();
  const statuses: number[] = [];
  server.layer.onMessage(({ message }) => message.method === 'INVITE' && statuses.push(message.status));
  const invitation = await call();
  expect(invitation).toMatchObject({
    sipCallId: 'call-1',
    hasOffer: true,
    identity: { user: '1002', displayName: 'Boris', withheld: false },
  });
  const session = invitation.take(leg);
  session.ring();
  await session.answer();
  const ok = await final();
  expect(statuses).toEqual([100, 180, 200]);
  expect(ok.body).toContain('m=audio');
  expect(headerValue(ok, 'contact')).toMatch(/^<sip:oh-[0-9a-f]{12}@127\.0\.0\.1:\d+>$/);
  server.send(flow, lines('ACK', 1, [], toTag(ok)));
  session.end();
  const bye = await server.next('BYE');
  expect(bye.message.requestUri).toBe(`sip:1002@127.0.0.1:${server.port}`);
  server.respond(bye, 200);
});

test('an answered call tells its dialog: the route in its order, and no number of ours yet', async () => {
  const { server, call, final, toTag } = await setUp();
  const route = [`<sip:127.0.0.1:${server.port};lr;hop=1>`, '<sip:192.0.2.6;lr>'];
  const session = (await call([`Record-Route: ${route.join(', ')}`])).take(new FakeMediaLeg());
  session.ring();
  expect(session.dialogState).toBeNull();
  const told = nextOf(session.onDialogState);
  await session.answer();
  expect(await told).toEqual({
    callId: 'call-1',
    localTag: toTag(await final()),
    remoteTag: 'caller',
    localUri: 'sip:1001@pbx.example',
    remoteUri: 'sip:1002@pbx.example',
    remoteTarget: `sip:1002@127.0.0.1:${server.port}`,
    routeSet: route,
    localSequence: 0,
  });
});

test('hung up before the ACK, the BYE waits for it', async () => {
  const { server, flow, lines, call, final, toTag } = await setUp();
  const session = (await call()).take(new FakeMediaLeg());
  await session.answer();
  const ok = await final();
  session.end();
  expect(server.requests.some(({ message }) => message.method === 'BYE')).toBe(false);
  server.send(flow, lines('ACK', 1, [], toTag(ok)));
  server.respond(await server.next('BYE'), 200);
});

test('a late offer: ours goes out in the 200, theirs comes in the ACK', async () => {
  const { server, flow, lines, call, final, toTag } = await setUp();
  const leg = new FakeMediaLeg();
  const invitation = await call([], '');
  expect(invitation.hasOffer).toBe(false);
  const session = invitation.take(leg);
  await session.answer();
  const ok = await final();
  expect(ok.body).toContain('m=audio');
  server.send(flow, lines('ACK', 1, [], toTag(ok)), offer);
  await expect.poll(() => leg.answers).toEqual([offer]);
  session.end();
  server.respond(await server.next('BYE'), 200);
});

test('a late offer that the ACK does not answer ends the call with a BYE', async () => {
  const { server, flow, lines, call, final, toTag } = await setUp();
  const session = (await call([], '')).take(new FakeMediaLeg());
  await session.answer();
  const ok = await final();
  const over = nextOf(session.onEnded);
  server.send(flow, lines('ACK', 1, [], toTag(ok)));
  expect((await over).error?.code).toBe('call.media-not-acceptable');
  server.respond(await server.next('BYE'), 200);
});

test('stopped before the ACK, the BYE that waits for it still goes out', async () => {
  const { server, phone, flow, lines, call, final, toTag } = await setUp();
  const session = (await call()).take(new FakeMediaLeg());
  await session.answer();
  const ok = await final();
  const stopped = phone.stop();
  server.send(flow, lines('ACK', 1, [], toTag(ok)));
  server.respond(await server.next('BYE'), 200);
  await stopped;
});

test.each([
  ['no reason', [], false],
  ['cause 200', ['Reason: SIP;cause=200;text="OK"'], true],
  ['the words', ['Reason: SIP;text="Call completed elsewhere"'], true],
])('a CANCEL with %s ends it', async (_name, reason, completedElsewhere) => {
  const { server, flow, lines, call, final } = await setUp();
  const session = (await call()).take(new FakeMediaLeg());
  session.ring();
  const over = nextOf(session.onEnded);
  server.send(flow, lines('CANCEL', 1, reason));
  expect(await over).toMatchObject({ by: 'them', status: 487, completedElsewhere, error: null });
  expect((await server.next('CANCEL')).message.status).toBe(200);
  expect((await final()).status).toBe(487);
});

test('a call is declined with the status that is asked for', async () => {
  const { call, final } = await setUp();
  const session = (await call()).take(new FakeMediaLeg());
  const over = nextOf(session.onEnded);
  session.reject(486, 'Busy Here');
  expect((await final()).startLine).toBe('SIP/2.0 486 Busy Here');
  expect(await over).toMatchObject({ by: 'us', status: 486, error: null });
});

test('a call that nobody takes is refused, and a refusal cannot carry a header field', async () => {
  const { server, flow, lines, phone, final } = await setUp();
  const subscription = phone.onInvitation((invitation) => invitation.refuse(603, 'No\r\nX-Evil: 1'));
  server.send(flow, lines('INVITE', 1), offer);
  const refused = await final();
  expect(refused.startLine).toBe('SIP/2.0 603 No  X-Evil: 1');
  subscription.dispose();
  server.send(flow, lines('INVITE', 2), offer);
  expect((await final()).status).toBe(480);
});

test('an offer that cannot be answered is refused with 488 instead of ringing', async () => {
  const { call, final } = await setUp();
  const leg = new FakeMediaLeg();
  leg.refusesAtOnce = true;
  const session = (await call()).take(leg);
  const over = nextOf(session.onEnded);
  session.ring();
  expect((await final()).status).toBe(488);
  expect(await over).toMatchObject({ by: 'us', status: 488, error: { code: 'call.media-not-acceptable' } });
});

test('an offer that the leg cannot use is refused with 488', async () => {
  const { call, final } = await setUp();
  const leg = new FakeMediaLeg();
  leg.refuses = true;
  const session = (await call()).take(leg);
  const over = nextOf(session.onEnded);
  await expect(session.answer()).rejects.toMatchObject({ code: 'call.media-not-acceptable' });
  expect((await final()).status).toBe(488);
  expect((await over).error?.code).toBe('call.media-not-acceptable');
});

test.each([
  ['a required extension', ['Require: sec-agree'], offer, 420],
  ['a body of another type', ['Content-Type: text/plain'], 'hello', 415],
  ['an encoded body', ['Content-Type: application/sdp', 'Content-Encoding: gzip'], offer, 415],
])('an INVITE with %s is refused', async (_name, extra, body, status) => {
  const { server, flow, lines, final } = await setUp();
  server.send(flow, lines('INVITE', 1, extra), body);
  expect((await final()).status).toBe(status);
});

test('who is not the server may not ring the phone', async () => {
  const { phone, flow, lines } = await setUp();
  const rung: unknown[] = [];
  phone.onInvitation((invitation) => rung.push(invitation));
  const stranger = createSocket('udp4');
  cleanUp.push(async () => stranger.close());
  await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.2', resolve));
  const answered = new Promise<string>((resolve) => stranger.once('message', (bytes) => resolve(bytes.toString())));
  stranger.send(
    `${lines('INVITE', 1).join('\r\n')}\r\nContent-Length: 0\r\n\r\n`,
    flow.remote.port,
    flow.remote.address,
  );
  expect(await answered).toMatch(/^SIP\/2\.0 403 /);
  expect(rung).toEqual([]);
});

test('OPTIONS is answered with what the phone can do', async () => {
  const { server, flow, lines } = await setUp();
  server.send(flow, lines('OPTIONS', 1));
  const { message } = await server.next('OPTIONS');
  expect(message.status).toBe(200);
  expect(headerValue(message, 'allow')).toBe('INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY');
  expect(headerValue(message, 'accept')).toContain('application/sdp');
});

test.each([
  ['message-summary', 200],
  ['dialog', 481],
])('a NOTIFY nobody asked for, of event %s, gets %i', async (event, status) => {
  const { server, flow, lines } = await setUp();
  server.send(flow, lines('NOTIFY', 3, [`Event: ${event}`]));
  expect((await server.next('NOTIFY')).message.status).toBe(status);
});

test.each(['BYE', 'INFO'])('%s for no call we know gets 481', async (method) => {
  const { server, flow, lines } = await setUp();
  server.send(flow, lines(method, 3, [], 'nobody'));
  expect((await server.next(method)).message.status).toBe(481);
});

test('identity: asserted only where the server is trusted', async () => {
  const extra = ['P-Asserted-Identity: "Real" <sip:+74950000000@pbx.example>'];
  const trusting = await setUp({ trustIdentity: true });
  expect((await trusting.call(extra)).identity).toMatchObject({
    user: '+74950000000',
    displayName: 'Real',
    asserted: true,
  });
  const other = await setUp();
  expect((await other.call(extra)).identity).toMatchObject({ user: '1002', asserted: false });
});

test('stopping refuses a call that nobody has taken yet', async () => {
  const { call, phone, final } = await setUp();
  await call();
  const stopped = phone.stop();
  expect((await final()).status).toBe(480);
  await stopped;
});

test('stop ends calls and takes at most 2 s though nobody answers any more', async () => {
  const { server, flow, lines, call, final, toTag, phone } = await setUp();
  const session = (await call()).take(new FakeMediaLeg());
  await session.answer();
  server.send(flow, lines('ACK', 1, [], toTag(await final())));
  await server.close();
  const over = nextOf(session.onEnded);
  const before = performance.now();
  await phone.stop();
  expect(performance.now() - before).toBeLessThan(2000);
  expect((await over).by).toBe('us');
});
