import { headerValue, serialiseMessage } from './sip-message.ts';
import type { Malformed } from './parse-message.ts';
import { responseTo } from './response-to.ts';

const reasons: Record<number, string> = {
  400: 'Bad Request',
  416: 'Unsupported URI Scheme',
  505: 'Version Not Supported',
  513: 'Message Too Large',
};

/**
 * The answer that a malformed request is due (RFC 3261 16.3, 21.4.1), or null where none is: to responses, to ACK,
 * and to what carries too little for its sender to know the answer by. What there is of the fields is copied as it came.
 */
export function answerMalformed({ cause, status, message }: Malformed): string | null {
  if (!message || message.kind !== 'request' || message.method === 'ACK') return null;
  if (headerValue(message, 'via') === null || headerValue(message, 'cseq') === null) return null;
  const warning = { name: 'warning', value: `399 offhook "${cause.replace(/["\\]/g, '')}"` };
  return serialiseMessage(responseTo(message, status, reasons[status] ?? 'Bad Request', [warning]));
}
