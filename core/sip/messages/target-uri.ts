import { parseUri } from './name-address.ts';
import { hostForUri } from '../transports/sip-flow.ts';

/**
 * Percent-encodes a user part: `#` and all that RFC 3261 25.1 does not allow there. What it does allow is left as it
 * is, because some exchanges compare it undecoded.
 */
export function escapeUser(user: string): string {
  return encodeURIComponent(user.toWellFormed()).replace(/%(?:24|26|2B|2C|2F|3B|3D|3F)/g, decodeURIComponent);
}

/**
 * The Request-URI for what the user dials. A bare user part is dialled on `domain`; of a whole SIP URI only user, host
 * and port are taken, never parameters or header fields (RFC 3261 19.1.5). Null when there is nothing to dial.
 * @param target user part, `user@host`, `sip:` or `tel:` URI
 */
export function targetUri(target: string, domain: string): string | null {
  const text = target.trim();
  // eslint-disable-next-line no-control-regex
  if (text === '' || text.length > 256 || /[\u0000-\u001f\u007f]/.test(text)) return null;
  const isUri = /^(sips?|tel):/i.test(text);
  const host = hostForUri(domain);
  if (!isUri && !text.includes('@')) return `sip:${escapeUser(text)}@${host}`;
  const uri = parseUri(isUri ? text : `sip:${text}`);
  if (!uri || (uri.user === null && uri.host === null)) return null;
  if (uri.host === null) return `sip:${escapeUser(uri.user!.replace(/[\s().-]/g, ''))}@${host}`;
  const port = uri.port === null ? '' : `:${uri.port}`;
  return `sip:${uri.user === null ? '' : `${escapeUser(uri.user)}@`}${hostForUri(uri.host)}${port}`;
}
