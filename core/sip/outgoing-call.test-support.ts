import { headerValue } from './messages/sip-message.ts';
import { registeredPhone } from './phone.test-support.ts';
import { FakeMediaLeg } from './testing/fake-media-leg.ts';
import { nextOf, ScriptedServer } from './testing/scripted-server.ts';
import type { ReceivedMessage } from './transports/index.ts';
import type { SipAccount, SipUserAgent } from './user-agent.ts';

export const cleanUp: (() => Promise<unknown>)[] = [];

/** For `afterEach`: stops what the test started, last first. */
export async function tidyUp(): Promise<void> {
  for (const run of cleanUp.splice(0).reverse()) await run();
}

export const answerSdp = new FakeMediaLeg().offer;

export async function setUp(changes: Partial<SipAccount> = {}) {
  const server = await ScriptedServer.start();
  cleanUp.push(() => server.close());
  const phone = await registeredPhone(server, changes);
  cleanUp.push(() => {
    server.letGo();
    return phone.stop();
  });
  return { server, phone, leg: new FakeMediaLeg(), contact: `Contact: <sip:callee@127.0.0.1:${server.port}>` };
}

/** Dials, is answered, and acknowledges. */
export async function callUp(server: ScriptedServer, phone: SipUserAgent, leg: FakeMediaLeg, contact: string) {
  const session = phone.invite('600', leg);
  const invite = await server.next('INVITE');
  const answered = nextOf(session.onAnswered);
  server.respond(invite, 200, { toTag: 'callee', headers: [contact], body: answerSdp });
  await answered;
  await server.next('ACK');
  return { session, invite };
}

export function inDialog(method: string, number: number, invite: ReceivedMessage, extra: string[] = []): string[] {
  const from = headerValue(invite.message, 'to')!;
  const uri = /<([^>]+)>/.exec(headerValue(invite.message, 'contact')!)![1];
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${invite.flow.local.port};branch=z9hG4bK${method}${number};rport`,
    `From: ${from};tag=callee`,
    `To: ${headerValue(invite.message, 'from')}`,
    `Call-ID: ${headerValue(invite.message, 'call-id')}`,
    `CSeq: ${number} ${method}`,
    `Contact: <sip:callee@127.0.0.1:${invite.flow.local.port}>`,
    'Max-Forwards: 70',
    ...extra,
  ];
}
