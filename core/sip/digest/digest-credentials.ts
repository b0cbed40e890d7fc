import { createHash } from 'node:crypto';
import { quote, type Challenge, type DigestAlgorithm } from './challenge.ts';

const hashes: Record<DigestAlgorithm, string> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' };

export function hash(algorithm: DigestAlgorithm, text: string): string {
  return createHash(hashes[algorithm]).update(text, 'utf8').digest('hex');
}

export interface DigestInput {
  username: string;
  password: string;
  method: string;
  /** As in the request line. */
  uri: string;
  /** Client's nonce, fresh and random; used with qop only. */
  clientNonce: string;
  /** How often the server's nonce has been used, this time included. */
  count: number;
}

/** RFC 7616 3.4.1, RFC 8760: the `response` of a digest. */
export function digestResponse(
  challenge: Pick<Challenge, 'algorithm' | 'realm' | 'nonce' | 'qop'>,
  input: DigestInput,
): string {
  const { algorithm, realm, nonce, qop } = challenge;
  const secret = hash(algorithm, `${input.username}:${realm}:${input.password}`);
  const request = hash(algorithm, `${input.method}:${input.uri}`);
  const middle = qop ? `${nonce}:${nonceCount(input.count)}:${input.clientNonce}:${qop}` : nonce;
  return hash(algorithm, `${secret}:${middle}:${request}`);
}

export function nonceCount(count: number): string {
  return count.toString(16).padStart(8, '0');
}

/** The value of an Authorization or Proxy-Authorization field. */
export function authorization(challenge: Challenge, input: DigestInput): string {
  const fields = [
    `username=${quote(input.username)}`,
    `realm=${quote(challenge.realm)}`,
    `nonce=${quote(challenge.nonce)}`,
    `uri=${quote(input.uri)}`,
    `response="${digestResponse(challenge, input)}"`,
    `algorithm=${challenge.algorithm}`,
  ];
  if (challenge.opaque !== null) fields.push(`opaque=${quote(challenge.opaque)}`);
  if (challenge.qop)
    fields.push(`qop=${challenge.qop}`, `cnonce="${input.clientNonce}"`, `nc=${nonceCount(input.count)}`);
  return `Digest ${fields.join(', ')}`;
}
