import { headerValue, headerValues, splitList, type SipMessage } from '../messages/sip-message.ts';
import { displayText, parseNameAddress, parseUri, type NameAddress } from '../messages/name-address.ts';
import type { SipIdentity } from '../user-agent.ts';

/**
 * Who sent this message (an INVITE), or who answered it. P-Asserted-Identity (RFC 3325) and Remote-Party-ID are
 * believed only where the account says that its server is trusted; anybody else could write them.
 * @param own `from` for a request that came in, `to` for the answer to ours
 */
export function readIdentity(message: SipMessage, options: { own: 'from' | 'to'; trusted: boolean }): SipIdentity {
  const asserted = options.trusted ? assertedAddress(message) : null;
  const plain = parseNameAddress(headerValue(message, options.own) ?? '');
  const address = asserted ?? plain;
  const uri = address ? parseUri(address.uri) : null;
  // An identity that is to stay private is told to the trusted side only (RFC 3325 7); here it is for the user.
  const withheld =
    isWithheld(message) || (asserted === null && isAnonymous(plain)) || remotePartyIsPrivate(message, options.trusted);
  return {
    user: withheld ? null : (uri?.user ?? null),
    host: withheld ? null : (uri?.host ?? null),
    displayName: withheld ? null : (address?.displayName ?? null),
    withheld,
    asserted: asserted !== null && !withheld,
    diversion: readDiversion(message),
  };
}

function assertedAddress(message: SipMessage): NameAddress | null {
  const values = headerValues(message, 'p-asserted-identity').flatMap((value) => splitList(value));
  const addresses = [...values, ...headerValues(message, 'remote-party-id')].map(parseNameAddress);
  // Two values are allowed, a SIP and a tel URI (RFC 3325 9.1); a number is what a phone can use.
  return addresses.find((address) => address && parseUri(address.uri)?.user) ?? null;
}

function isWithheld(message: SipMessage): boolean {
  const privacy = (headerValue(message, 'privacy') ?? '').toLowerCase().split(/[;,\s]+/);
  return privacy.includes('id') || privacy.includes('user') || privacy.includes('full');
}

function isAnonymous(address: NameAddress | null): boolean {
  const uri = address ? parseUri(address.uri) : null;
  if (!uri) return true;
  return uri.host === 'anonymous.invalid' || /^(anonymous|restricted|withheld|unavailable)$/i.test(uri.user ?? '');
}

function remotePartyIsPrivate(message: SipMessage, trusted: boolean): boolean {
  const privacy = trusted
    ? parseNameAddress(headerValue(message, 'remote-party-id') ?? '')?.parameters.get('privacy')
    : undefined;
  return privacy !== undefined && /^(full|name|uri)/i.test(privacy);
}

/** Diversion (RFC 5806), else the last diverting entry of History-Info (RFC 7044). */
function readDiversion(message: SipMessage): SipIdentity['diversion'] {
  const diversion = parseNameAddress(headerValue(message, 'diversion') ?? '');
  if (diversion) {
    const reason = diversion.parameters.get('reason');
    return {
      user: parseUri(diversion.uri)?.user ?? null,
      displayName: diversion.displayName,
      reason: reason ? displayText(reason) : null,
    };
  }
  const entries = headerValues(message, 'history-info')
    .flatMap((value) => splitList(value))
    .map(parseNameAddress);
  // Each entry tells why the target before it was left; the one before the last is who diverted to us.
  for (let index = entries.length - 1; index > 0; index -= 1) {
    const cause = entries[index] && parseUri(entries[index]!.uri)?.parameters.get('cause');
    const from = entries[index - 1];
    if (cause && from)
      return { user: parseUri(from.uri)?.user ?? null, displayName: from.displayName, reason: historyReason(cause) };
  }
  return null;
}

/** RFC 4458's causes, in Diversion's words. */
function historyReason(cause: string): string | null {
  const reasons: Record<string, string> = {
    '302': 'unconditional',
    '404': 'unknown',
    '408': 'no-answer',
    '480': 'deflection',
    '486': 'user-busy',
    '487': 'deflection',
    '503': 'unavailable',
  };
  return reasons[cause] ?? null;
}

/** RFC 3326: another phone of the same user took the call. */
export function isCompletedElsewhere(message: SipMessage): boolean {
  return headerValues(message, 'reason').some(
    (value) => /^SIP\b/i.test(value) && (/;\s*cause\s*=\s*200\b/i.test(value) || /completed elsewhere/i.test(value)),
  );
}
