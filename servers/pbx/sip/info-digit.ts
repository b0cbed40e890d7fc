import { headerValue, type SipMessage } from '#core/sip/messages/sip-message.ts';

/** The digit of an INFO (application/dtmf-relay, application/dtmf); null for one that carries nothing. */
export function readInfoDigit(message: SipMessage): string | null | 'unsupported' {
  const { body } = message;
  const type = (headerValue(message, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (body.trim() === '') return null;
  const text = type === 'application/dtmf-relay' ? /^\s*Signal\s*=\s*(\S+)/im.exec(body)?.[1] : type === 'application/dtmf' ? body.trim() : undefined;
  if (text === undefined) return type === 'application/dtmf-relay' ? null : 'unsupported';
  // Some phones write * and # as the RFC 4733 event numbers.
  const digit = text === '10' ? '*' : text === '11' ? '#' : text.toUpperCase();
  return /^[0-9*#A-D]$/.test(digit) ? digit : null;
}
