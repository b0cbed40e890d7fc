import { formatChallenge, strongestChallenge } from '../digest/challenge.ts';
import { headerValue, headerValues, splitList, type SipMessage } from '../messages/sip-message.ts';
import { setTopVia, setViaParameter, topVia, viaParameter } from '../messages/via.ts';
import type { SocketAddress } from '../transports/index.ts';

/** One Via to a line: sip.js counts and copies lines. */
export function separateVias(message: SipMessage): void {
  message.headers = message.headers.flatMap((header) =>
    header.name === 'via' ? splitList(header.value).map((value) => ({ name: 'via', value })) : [header],
  );
}

/** Takes our suffix off the branch again; false when the response is not to a request of ours. */
export function restoreOwnBranch(message: SipMessage, branchSuffix: string): boolean {
  const via = topVia(message);
  const branch = via && viaParameter(via, 'branch');
  if (!via || !branch?.endsWith(branchSuffix)) return false;
  setViaParameter(via, 'branch', branch.slice(0, -branchSuffix.length));
  setTopVia(message, via);
  return true;
}

/** The address that the server saw us at (RFC 3581); null when it did not say. */
export function seenAddress(message: SipMessage): SocketAddress | null {
  const via = topVia(message);
  const address = via && viaParameter(via, 'received')?.replace(/^\[|\]$/g, '');
  const port = via && Number(viaParameter(via, 'rport') ?? '');
  return address && port ? { address, port } : null;
}

/**
 * Leaves one challenge, the strongest that we can answer, in a spelling that sip.js reads (it keeps the last of several).
 * @param trusted false takes all away: who is not the server must not learn a digest of the password, e.g. by calling
 *   us, waiting for our BYE, and challenging that
 */
export function chooseChallenge(message: SipMessage, trusted: boolean): void {
  for (const name of ['www-authenticate', 'proxy-authenticate']) {
    const values = headerValues(message, name);
    if (values.length === 0) continue;
    const chosen = trusted ? strongestChallenge(values) : null;
    message.headers = message.headers.filter((header) => header.name !== name);
    if (chosen) message.headers.push({ name, value: formatChallenge(chosen) });
  }
}

/** To tag that stands for none. */
export const untoldTag = 'untagged';
/** Parameter of a Contact that the far end did not send. */
export const untoldContact = 'oh-untold';

/**
 * sip.js drops a 18x without To tag or Contact, and a 2xx without Contact, though some exchanges send them so; the call
 * would look dead. They are completed with what the request itself went to.
 */
export function completeInviteResponse(message: SipMessage, serverAddress: string): void {
  if (message.method !== 'INVITE' || message.status <= 100 || message.status >= 300) return;
  if (headerValue(message, 'contact') === null)
    message.headers.push({ name: 'contact', value: `<sip:${serverAddress}>;${untoldContact}` });
  const to = message.headers.find(({ name }) => name === 'to');
  if (to && message.status < 200 && !/;\s*tag=/i.test(to.value)) to.value += `;tag=${untoldTag}`;
}
