import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import { topVia, viaParameter } from '../messages/via.ts';

/**
 * What a message's transaction is matched by (RFC 3261 17.1.3, 17.2.3): branch, sent-by and method. A peer older than
 * RFC 3261 has no magic cookie in its branch; then the fields of 17.2.3's second list stand in.
 */
export function transactionKey(message: SipMessage, method: string = message.method): string | null {
  const via = topVia(message);
  if (!via) return null;
  const branch = viaParameter(via, 'branch') ?? '';
  const sentBy = `${via.host.toLowerCase()}:${via.port ?? ''}`;
  if (branch.startsWith('z9hG4bK') && branch.length > 7) return `${branch} ${sentBy} ${method}`;
  const sequence = (headerValue(message, 'cseq') ?? '').split(/\s/)[0];
  const from = /;\s*tag=([^;\s]+)/i.exec(headerValue(message, 'from') ?? '')?.[1] ?? '';
  return `${branch} ${sentBy} ${headerValue(message, 'call-id') ?? ''} ${from} ${sequence} ${method}`;
}
