import { headerValue, headerValues, splitList, type SipMessage } from '../messages/sip-message.ts';
import { parseNameAddress, parseUri } from '../messages/name-address.ts';

export interface Bindings {
  /** Seconds that our own binding holds. */
  expires: number;
  /** Contact URIs that an earlier run of this line left behind. */
  stale: string[];
}

const longestExpiry = 86_400;

/**
 * Reads the 200 to REGISTER: how long our binding holds (RFC 3261 10.2.4), and which bindings of ours are dead. A line
 * has a fixed Contact user, so that what a crash left behind is known again; every call would fork to it otherwise.
 * @param own user part and address of our Contact, e.g. `oh-1`, `10.0.0.2:5062`
 */
export function readBindings(message: SipMessage, own: { user: string; address: string }, asked: number): Bindings {
  const contacts = headerValues(message, 'contact')
    .flatMap((value) => splitList(value))
    .map((value) => ({ address: parseNameAddress(value), uri: parseUri(parseNameAddress(value)?.uri ?? '') }))
    .filter(({ uri }) => uri?.user === own.user);
  const isOwn = ({ uri }: (typeof contacts)[number]) =>
    `${uri?.host?.includes(':') ? `[${uri.host}]` : uri?.host}:${uri?.port ?? 5060}` === own.address;
  // A server that rewrote our address shows one binding under another address: that is ours.
  const mine = contacts.find(isOwn) ?? (contacts.length === 1 ? contacts[0] : undefined);
  const told = Number(mine?.address?.parameters.get('expires') ?? headerValue(message, 'expires') ?? asked);
  return {
    expires: Number.isFinite(told) && told > 0 ? Math.min(told, longestExpiry) : asked,
    stale: contacts.some(isOwn) ? contacts.filter((contact) => !isOwn(contact)).map(({ address }) => address!.uri) : [],
  };
}
