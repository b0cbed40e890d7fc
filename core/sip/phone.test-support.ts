import { silentLogger, systemClock, type Clock } from '#core/foundation/index.ts';
import { SipJsUserAgentFactory, type SipJsUserAgentOptions } from './sip-js-user-agent.ts';
import type { SipAccount, SipUserAgent } from './user-agent.ts';
import { nextOf, type ScriptedServer } from './testing/scripted-server.ts';

export function accountAt(server: { port: number }, changes: Partial<SipAccount> = {}): SipAccount {
  return {
    id: 'line-1',
    displayName: 'Anna',
    user: '1001',
    authorizationUser: null,
    password: 'secret',
    domain: 'pbx.example',
    transport: 'udp',
    serverHost: '127.0.0.1',
    serverPort: server.port,
    outboundProxy: null,
    webSocketPath: '/ws',
    media: 'rtp',
    registerExpires: 300,
    trustIdentity: false,
    verifyCertificate: true,
    ...changes,
  };
}

export function phoneAt(
  server: { port: number },
  changes: Partial<SipAccount> = {},
  options: Partial<SipJsUserAgentOptions> & { clock?: Clock } = {},
): SipUserAgent {
  const factory = new SipJsUserAgentFactory({
    clock: systemClock,
    logger: silentLogger,
    random: () => 0.5,
    ...options,
  });
  return factory.create(accountAt(server, changes));
}

/** A phone that is registered at a server which accepts all. */
export async function registeredPhone(
  server: ScriptedServer,
  changes: Partial<SipAccount> = {},
  options: Partial<SipJsUserAgentOptions> = {},
): Promise<SipUserAgent> {
  server.acceptAllRegisters();
  const phone = phoneAt(server, changes, options);
  const registered = nextOf(phone.onRegistration, ({ state }) => state === 'registered');
  phone.start();
  await registered;
  return phone;
}
