import { splitList } from './sip-message.ts';

/** `"Name" <sip:user@host>;tag=x` as in From, Contact, P-Asserted-Identity and their like. */
export interface NameAddress {
  displayName: string | null;
  uri: string;
  /** Of the header field, behind the brackets; names in lower case, quoted values unquoted. */
  parameters: Map<string, string>;
}

export interface UriParts {
  scheme: string;
  /** Percent-decoded. */
  user: string | null;
  /** Lower case, IPv6 without brackets; null for `tel:`. */
  host: string | null;
  port: number | null;
  parameters: Map<string, string>;
  /** What follows `?`, undecoded. */
  headers: string | null;
}

const longestName = 200;

/** What a person may be shown of hostile text: one line, nothing invisible that could reorder or hide, not endless. */
export function displayText(value: string): string {
  // Cc: control characters, Cf: invisible formatting such as direction overrides, Zl and Zp: line breaks.
  return value
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, longestName);
}

export function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1');
}

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not UTF-8, or a lone %: shown as it is.
    return value;
  }
}

function parametersOf(parts: string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (name !== '' && !parameters.has(name))
      parameters.set(name, equals < 0 ? '' : unquote(part.slice(equals + 1).trim()));
  }
  return parameters;
}

/** The first value of a field; null when there is no URI in it. */
export function parseNameAddress(value: string): NameAddress | null {
  const first = splitList(value)[0] ?? '';
  const bracketed = /^("(?:[^"\\]|\\.)*"\s*|[^<"]*)<([^<>]*)>(.*)$/s.exec(first);
  if (bracketed) {
    const name = displayText(unquote(bracketed[1]!.trim()));
    return {
      displayName: name || null,
      uri: bracketed[2]!.trim(),
      parameters: parametersOf(splitList(bracketed[3]!, ';').slice(1)),
    };
  }
  // Without brackets every parameter belongs to the field, not to the URI (RFC 3261 20).
  const [uri = '', ...parameters] = splitList(first, ';');
  return /^[a-z][a-z0-9+.-]*:/i.test(uri) ? { displayName: null, uri, parameters: parametersOf(parameters) } : null;
}

export function parseUri(uri: string): UriParts | null {
  const match = /^([a-z][a-z0-9+.-]*):([^?]*)(?:\?(.*))?$/is.exec(uri.trim());
  if (!match) return null;
  const scheme = match[1]!.toLowerCase();
  const [address = '', ...rest] = splitUserParameters(match[2]!, scheme);
  const parameters = parametersOf(rest);
  const headers = match[3] ?? null;
  if (scheme === 'tel')
    return { scheme, user: displayText(percentDecoded(address)) || null, host: null, port: null, parameters, headers };
  const at = address.lastIndexOf('@');
  const host = /^(\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+)(?::(\d{1,5}))?$/iu.exec(address.slice(at + 1));
  if (!host) return null;
  // A password in a URI (RFC 3261 19.1.1 discourages it) is nobody's business.
  const user = at < 0 ? null : displayText(percentDecoded(address.slice(0, at).split(':')[0]!));
  const port = host[2] === undefined ? null : Number(host[2]);
  return {
    scheme,
    user: user || null,
    host: host[1]!.replace(/^\[|\]$/g, '').toLowerCase(),
    port,
    parameters,
    headers,
  };
}

/** `;` may stand in the user part of a SIP URI: only what follows the host separates parameters. */
function splitUserParameters(value: string, scheme: string): string[] {
  const at = scheme === 'tel' ? -1 : value.lastIndexOf('@');
  const [host = '', ...parameters] = value.slice(at + 1).split(';');
  return [value.slice(0, at + 1) + host, ...parameters];
}
