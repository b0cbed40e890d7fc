import { createHash } from 'node:crypto';
import type { SipMessage } from '../messages/sip-message.ts';
import { setTopVia, setViaParameter, topVia, viaParameter } from '../messages/via.ts';
import { hostForUri, viaProtocol, type SipFlow, type SocketAddress } from '../transports/index.ts';
import { transactionKey } from '../retransmission/transaction-key.ts';

/** The host that sip.js is told: it stands for whatever address the flow turns out to have. */
export const placeholderHost = 'offhook.invalid';
/** What the user agent does; sip.js would promise more. */
export const allowedMethods = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY';

const oldBranch = 'z9hG4bKoh2543';

/** Where requests reach us by that flow, for Contact. @param seen address that the server saw us at, if another */
export function contactAddress(flow: SipFlow, seen: SocketAddress | null): string {
  const { address, port } = flow.protocol === 'udp' && seen ? seen : flow.local;
  const transport = flow.protocol === 'udp' ? '' : `;transport=${flow.protocol === 'wss' ? 'ws' : flow.protocol}`;
  return `${hostForUri(address)}:${port}${transport}`;
}

/** Via of the flow; the suffix makes sip.js's short branches unique and not to be guessed (RFC 3261 8.1.1.7). */
export function stampOwnVia(message: SipMessage, flow: SipFlow, branchSuffix: string): void {
  const via = topVia(message);
  if (!via) return;
  via.protocol = viaProtocol(flow.protocol);
  via.host = hostForUri(flow.local.address);
  via.port = flow.local.port;
  setViaParameter(via, 'branch', `${viaParameter(via, 'branch') ?? ''}${branchSuffix}`);
  setViaParameter(via, 'rport', null);
  setTopVia(message, via);
}

export function rewriteOwnHeaders(message: SipMessage, contact: string): void {
  for (const header of message.headers) {
    if (header.name === 'contact') header.value = header.value.replaceAll(placeholderHost, contact);
    else if (header.name === 'allow') header.value = allowedMethods;
  }
  message.headers = message.headers.filter(({ name, value }) => value !== '' || name !== 'supported');
}

/**
 * sip.js knows transactions by branch alone. A peer older than RFC 3261 sends none (RFC 4475 3.1.1.x `inv2543`): it gets
 * one that stays inside, and its Via goes back as it came.
 */
export function lendBranch(message: SipMessage): void {
  const via = topVia(message);
  if (!via || /^z9hG4bK./.test(viaParameter(via, 'branch') ?? '')) return;
  const method = message.method === 'ACK' || message.method === 'CANCEL' ? 'INVITE' : message.method;
  const key = createHash('sha256')
    .update(transactionKey(message, method) ?? '')
    .digest('hex')
    .slice(0, 24);
  const own = viaParameter(via, 'branch');
  setViaParameter(via, 'oh-branch', own === undefined ? null : (own ?? ''));
  setViaParameter(via, 'branch', oldBranch + key);
  setTopVia(message, via);
}

export function takeLentBranch(message: SipMessage): void {
  const via = topVia(message);
  if (!via || !viaParameter(via, 'branch')?.startsWith(oldBranch)) return;
  const own = viaParameter(via, 'oh-branch');
  setViaParameter(via, 'branch', own ?? undefined);
  setViaParameter(via, 'oh-branch', undefined);
  setTopVia(message, via);
}
