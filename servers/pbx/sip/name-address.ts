import { splitList } from '#core/sip/messages/sip-message.ts';

/** A `sip:` or `sips:` URI, as far as an exchange looks into it. */
export interface SipUri {
  /** Unescaped; empty when there is none. */
  user: string;
  /** Lower case, no brackets. */
  host: string;
  port: number | null;
  /** Lower-case names. */
  parameters: ReadonlyMap<string, string | null>;
}

export interface NameAddress {
  displayName: string | null;
  /** As it was written, without the brackets. */
  uri: string;
  parameters: ReadonlyMap<string, string | null>;
}

const uriShape = /^sips?:(?:([^@\s]*)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?(;[^?\s]*)?(?:\?\S*)?$/i;

/** Null for what is not a SIP URI. */
export function parseUri(text: string): SipUri | null {
  const match = uriShape.exec(text);
  if (!match) return null;
  const port = match[3] === undefined ? null : Number(match[3]);
  if (port !== null && (port === 0 || port > 65535)) return null;
  const user = unescape((match[1] ?? '').replace(/:.*$/, '').replace(/;.*$/, ''));
  if (user === null) return null;
  return { user, host: match[2]!.toLowerCase().replace(/^\[|\]$/g, ''), port, parameters: readParameters(match[4] ?? '') };
}

function unescape(user: string): string | null {
  try {
    return decodeURIComponent(user);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** `"Name" <uri>;tag=x`, `<uri>` or `uri;tag=x` (RFC 3261 20.10); null for anything else. */
export function parseNameAddress(text: string): NameAddress | null {
  const bracketed = /^\s*("(?:[^"\\]|\\.)*"|[^"<>]*?)\s*<([^<>\s]*)>\s*(;.*)?$/.exec(text);
  if (bracketed) {
    const name = bracketed[1]!.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1').trim();
    return { displayName: name || null, uri: bracketed[2]!, parameters: readParameters(bracketed[3] ?? '') };
  }
  const bare = /^\s*([^\s<>";]+)\s*(;.*)?$/.exec(text);
  return bare && { displayName: null, uri: bare[1]!, parameters: readParameters(bare[2] ?? '') };
}

function readParameters(text: string): Map<string, string | null> {
  const parameters = new Map<string, string | null>();
  for (const part of splitList(text, ';').slice(1)) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (name) parameters.set(name, equals < 0 ? null : part.slice(equals + 1).trim());
  }
  return parameters;
}

/** The tag of a From or To value; null when there is none. */
export function tagOf(value: string): string | null {
  return parseNameAddress(value)?.parameters.get('tag') || null;
}

/** `Anna` → `"Anna" <uri>`; nothing in a name can leave its quotes or its line. */
export function formatNameAddress(displayName: string | null, uri: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are just what must not get through
  const name = displayName?.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/["\\]/g, '\\$&');
  return name ? `"${name}" <${uri}>` : `<${uri}>`;
}

/** Escapes what a URI's user part may not carry (RFC 3261 25.1 `user`). */
export function escapeUser(user: string): string {
  return encodeURIComponent(user).replace(/%(2B|24|26|3D|2C|2F|3B|3F)/gi, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}
