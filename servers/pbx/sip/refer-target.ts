import { headerValue, headerValues, type SipMessage } from '#core/sip/messages/sip-message.ts';
import { parseNameAddress, parseUri } from './name-address.ts';

export type ReferTarget =
  | { kind: 'number'; user: string; host: string }
  /** Why it is not carried out: a final status for the REFER. */
  | { kind: 'refused'; status: number; reason: string };

const refused = (status: number, reason: string): ReferTarget => ({ kind: 'refused', status, reason });

/** Whom a REFER wants called (RFC 3515 2.4.1). A call that stands already (`Replaces`, RFC 3891) is not joined yet. */
export function referTarget(request: SipMessage): ReferTarget {
  if (headerValues(request, 'refer-to').length !== 1) return refused(400, 'One Refer-To Wanted');
  const address = parseNameAddress(headerValue(request, 'refer-to')!);
  if (!address) return refused(400, 'Bad Refer-To');
  if (/\?(.*&)?replaces=/i.test(address.uri)) return refused(501, 'Replaces Not Supported');
  const uri = parseUri(address.uri.replace(/\?.*$/, ''));
  if (!uri || uri.user === '') return refused(416, 'Unsupported URI Scheme');
  const method = uri.parameters.get('method') ?? 'INVITE';
  if (method.toUpperCase() !== 'INVITE') return refused(501, 'Only Calls');
  return { kind: 'number', user: uri.user, host: uri.host };
}
