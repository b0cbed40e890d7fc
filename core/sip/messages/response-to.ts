import { createHash } from 'node:crypto';
import { headerValue, type SipHeader, type SipMessage } from './sip-message.ts';

/** A response made without a transaction (RFC 3261 8.2.7): its To tag is the same however often it is made. */
export function responseTo(request: SipMessage, status: number, reason: string, headers: SipHeader[] = []): SipMessage {
  const copied = request.headers.filter(({ name }) => ['via', 'from', 'to', 'call-id', 'cseq'].includes(name));
  const tag = createHash('sha256')
    .update(`${headerValue(request, 'call-id')} ${headerValue(request, 'cseq')}`)
    .digest('hex')
    .slice(0, 12);
  return {
    kind: 'response',
    method: request.method,
    requestUri: '',
    status,
    startLine: `SIP/2.0 ${status} ${reason}`,
    headers: [
      ...copied.map(({ name, value }) => ({
        name,
        value: name === 'to' && status > 100 && !/;\s*tag=/i.test(value) ? `${value};tag=${tag}` : value,
      })),
      ...headers,
    ],
    body: '',
  };
}
