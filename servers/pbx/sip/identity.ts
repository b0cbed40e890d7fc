import { headerValue, type SipMessage } from '#core/sip/messages/sip-message.ts';
import { hostForUri } from '#core/sip/transports/index.ts';
import type { PresentedCaller } from '#servers/pbx/plan/index.ts';
import type { HeaderList } from './compose-message.ts';
import { escapeUser, formatNameAddress } from './name-address.ts';

/** Whether a request asks not to be named (RFC 3323, RFC 3325), by header or by an anonymous From. */
export function asksForPrivacy(message: SipMessage): boolean {
  const values = (headerValue(message, 'privacy') ?? '').toLowerCase().split(/[;,\s]+/);
  return ['id', 'user', 'header'].some((value) => values.includes(value)) || /@anonymous\.invalid\b/i.test(headerValue(message, 'from') ?? '');
}

export function addressOfRecord(extension: string, domain: string): string {
  return `sip:${escapeUser(extension)}@${hostForUri(domain)}`;
}

/**
 * From and identity of a call that we place. Of a withheld caller nothing at all is passed on, because phones are not
 * of the trust domain that RFC 3325 speaks of.
 */
export function identityOf(caller: PresentedCaller, domain: string): { from: string; identity: HeaderList } {
  if (caller.withheld) return { from: '"Anonymous" <sip:anonymous@anonymous.invalid>', identity: [['Privacy', 'id']] };
  const address = formatNameAddress(caller.name, addressOfRecord(caller.extension, domain));
  return { from: address, identity: [['P-Asserted-Identity', address]] };
}
