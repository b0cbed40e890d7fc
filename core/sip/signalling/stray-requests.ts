import { headerValue, headerValues, type SipMessage } from '../messages/sip-message.ts';
import { responseTo } from '../messages/response-to.ts';
import { allowedMethods } from './rewrite-outgoing.ts';

const methods = allowedMethods.split(', ');
// Events that servers tell unasked: a mailbox lamp, and probes of NAT bindings.
const welcomeEvents = new Set(['message-summary', 'keep-alive', 'keepalive']);

/**
 * The answer to a request that the call machinery has no business with (RFC 3261 8.2), or null for one that goes on to
 * it. sip.js would accept MESSAGE, promise REFER, and overlook Require and Content-Type.
 * @param fromServer whether it came from an address of the account's server
 */
export function answerStray(message: SipMessage, fromServer: boolean): SipMessage | null {
  const { method } = message;
  if (method === 'ACK' || method === 'CANCEL') return null;
  const allow = { name: 'allow', value: allowedMethods };
  if (!methods.includes(method)) return responseTo(message, 405, 'Method Not Allowed', [allow]);
  const required = headerValues(message, 'require')
    .flatMap((value) => value.split(/[\s,]+/))
    .filter(Boolean);
  if (required.length > 0)
    return responseTo(message, 420, 'Bad Extension', [{ name: 'unsupported', value: required.join(', ') }]);
  const inDialog = /;\s*tag=/i.test(headerValue(message, 'to') ?? '');
  // Within a dialog it asks for that: sip.js says 481 where there is none (RFC 3261 12.2.2), e.g. since we died in it.
  if (method === 'OPTIONS' && !inDialog)
    return responseTo(message, 200, 'OK', [
      allow,
      { name: 'accept', value: 'application/sdp, application/dtmf-relay' },
    ]);
  if (method === 'NOTIFY' && !inDialog) return answerNotify(message, fromServer);
  if (method !== 'INVITE') return null;
  // Scanners of the open internet call phones directly; who is not the account's server may not ring it.
  if (!inDialog && !fromServer) return responseTo(message, 403, 'Forbidden');
  return checkBody(message);
}

function answerNotify(message: SipMessage, fromServer: boolean): SipMessage {
  const event = (headerValue(message, 'event') ?? '').split(';')[0]!.trim().toLowerCase();
  if (fromServer && welcomeEvents.has(event)) return responseTo(message, 200, 'OK');
  return responseTo(message, 481, 'Subscription Does Not Exist');
}

function checkBody(message: SipMessage): SipMessage | null {
  if (message.body === '') return null;
  const encoding = headerValue(message, 'content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity')
    return responseTo(message, 415, 'Unsupported Media Type', [{ name: 'accept-encoding', value: 'identity' }]);
  const type = (headerValue(message, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/sdp')
    return responseTo(message, 415, 'Unsupported Media Type', [{ name: 'accept', value: 'application/sdp' }]);
  return null;
}
