import { headerValue, serialiseMessage, type SipMessage } from './sip-message.ts';
import type { Malformed } from './parse-message.ts';
import { topVia } from './via.ts';

const reasons: Record<number, string> = {
  400: 'Bad Request',
  416: 'Unsupported URI Scheme',
  505: 'Version Not Supported',
  513: 'Message Too Large',
};

/**
 * The answer that a malformed request is due (RFC 3261 16.3, 21.4.1), or null where none is: to responses, to ACK,
 * and to what carries too little to build an answer from. The cause is ours, never an echo of the input.
 */
export function answerMalformed({ cause, status, message }: Malformed): string | null {
  if (!message || message.kind !== 'request' || message.method === 'ACK' || !topVia(message)) return null;
  const copied = ['from', 'to', 'call-id', 'cseq'].map((name) => ({ name, value: headerValue(message, name) }));
  if (copied.some(({ value }) => value === null)) return null;
  const vias = message.headers.filter(({ name }) => name === 'via');
  const answer: SipMessage = {
    kind: 'response',
    method: message.method,
    requestUri: '',
    status,
    startLine: `SIP/2.0 ${status} ${reasons[status] ?? 'Bad Request'}`,
    headers: [
      ...vias,
      ...copied.map(({ name, value }) => ({
        name,
        value: name === 'to' && !/;\s*tag=/i.test(value!) ? `${value};tag=malformed` : value!,
      })),
      { name: 'warning', value: `399 offhook "${cause.replace(/["\\]/g, '')}"` },
    ],
    body: '',
  };
  return serialiseMessage(answer);
}
