import { readTelephone } from './read-telephone.ts';

const user = /^[\p{L}\p{N}_+][\p{L}\p{N}\-_.+*#()=/]{0,127}$/u;
const featureCode = /^[*#][\d*#]{0,40}$/;
const host = /^(?:\[[0-9a-f:.]{2,45}\]|[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,252}[\p{L}\p{N}])?)(?::(\d{1,5}))?$/iu;

/**
 * A SIP URI (RFC 3261 19.1) as `parseNumber` reads it. With `user=phone`, and without a host, it is a number. Of its
 * parameters the transport is kept; `maddr`, `method` and others would lead elsewhere. Null for what is none, and for
 * one with a password in it.
 */
export function readSipLink(scheme: string, body: string): string | null {
  const at = body.lastIndexOf('@');
  if (at < 0) return readTelephone(body);
  const userInformation = body.slice(0, at);
  const [address = '', ...parameters] = body.slice(at + 1).split(';');
  if (/[:@]/.test(userInformation)) return null;
  const hostPort = host.exec(address);
  if (!hostPort || Number(hostPort[1] ?? 0) > 65_535) return null;
  const lower = parameters.map((parameter) => parameter.trim().toLowerCase());
  if (lower.includes('user=phone')) return readTelephone(userInformation);
  const [name = ''] = userInformation.split(';', 1);
  if (!user.test(name) && !featureCode.test(name)) return null;
  const transport = lower.find((parameter) => /^transport=(?:udp|tcp|tls|ws|wss)$/.test(parameter));
  return `${scheme}:${name}@${address}${transport ? `;${transport}` : ''}`;
}
