import type { IncomingMessage } from 'node:http';

const bearer = /^Bearer ([\w-]{20,200})$/i;
const protocol = /^offhook\.token\.([\w-]{20,200})$/;

/** The token of `Authorization: Bearer …` (RFC 6750); what is no token at all is a wrong one. Null for none. */
export function bearerOf({ headers }: IncomingMessage): string | null {
  if (headers.authorization === undefined) return null;
  return bearer.exec(headers.authorization)?.[1] ?? '';
}

/** The token of a page of ours, which cannot set headers of a WebSocket: a subprotocol beside `offhook`. */
export function tokenProtocol({ headers }: IncomingMessage): string | null {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const tokens = offered.filter((name) => name.startsWith('offhook.token.'));
  if (tokens.length === 0) return null;
  return tokens.length === 1 ? (protocol.exec(tokens[0] ?? '')?.[1] ?? '') : '';
}
