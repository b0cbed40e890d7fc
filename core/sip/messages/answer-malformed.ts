import { headerValue, serialiseMessage } from './sip-message.ts';
import type { Malformed } from './parse-message.ts';
import { responseTo } from './response-to.ts';
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
  if (['from', 'to', 'call-id', 'cseq'].some((name) => headerValue(message, name) === null)) return null;
  const warning = { name: 'warning', value: `399 offhook "${cause.replace(/["\\]/g, '')}"` };
  return serialiseMessage(responseTo(message, status, reasons[status] ?? 'Bad Request', [warning]));
}
