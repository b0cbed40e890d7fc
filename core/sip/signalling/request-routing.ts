import { isIP } from 'node:net';
import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import { parseNameAddress, parseUri } from '../messages/name-address.ts';
import type { SipFlow, SocketAddress } from '../transports/index.ts';
import type { SipAccount } from '../user-agent.ts';

export interface NextHop extends SocketAddress {
  protocol: 'udp' | 'tcp';
}

/**
 * Where a request goes (RFC 3261 8.1.2, 12.2.1.1): null means the server's flow, as for everything outside a dialog. A
 * dialog whose proxy did not record its route goes straight to the peer's Contact, where that is an address which can
 * be reached from here. Names are never looked up: a call does not wait for DNS.
 */
export function nextHop(
  message: SipMessage,
  server: SipFlow,
  account: Pick<SipAccount, 'outboundProxy'>,
): NextHop | null {
  if (account.outboundProxy || (server.protocol !== 'udp' && server.protocol !== 'tcp')) return null;
  const route = parseNameAddress(headerValue(message, 'route') ?? '');
  const inDialog = /;\s*tag=/i.test(headerValue(message, 'to') ?? '');
  if (!route && !inDialog) return null;
  const uri = parseUri(route?.uri ?? message.requestUri);
  if (!uri?.host || !isIP(uri.host) || uri.scheme !== 'sip') return null;
  const address = uri.parameters.get('maddr') ?? uri.host;
  const port = uri.port ?? 5060;
  const transport = uri.parameters.get('transport')?.toLowerCase() ?? 'udp';
  if (!isIP(address) || port === 0 || port > 65535) return null;
  if (transport !== server.protocol) return null;
  if (address === server.remote.address && port === server.remote.port) return null;
  // A Contact of a private network behind a public server was not rewritten on its way: nobody answers there.
  if (isPrivate(address) && !isPrivate(server.remote.address)) return null;
  return { address, port, protocol: transport };
}

function isPrivate(address: string): boolean {
  return /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe80)/i.test(
    address,
  );
}
