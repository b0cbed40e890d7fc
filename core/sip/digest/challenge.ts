import { splitList } from '../messages/sip-message.ts';
import { unquote } from '../messages/name-address.ts';

export type DigestAlgorithm = 'MD5' | 'SHA-256' | 'SHA-512-256';

/** A WWW-Authenticate or Proxy-Authenticate that we can answer. */
export interface Challenge {
  algorithm: DigestAlgorithm;
  realm: string;
  nonce: string;
  opaque: string | null;
  stale: boolean;
  /** `auth` when the server offers it; null for RFC 2069's digest without qop. */
  qop: 'auth' | null;
}

const strength: Record<DigestAlgorithm, number> = { MD5: 1, 'SHA-256': 2, 'SHA-512-256': 3 };

/** Null for another scheme, an unknown algorithm, or a challenge that offers `auth-int` alone. */
export function parseChallenge(value: string): Challenge | null {
  const match = /^\s*digest\s+(.*)$/is.exec(value);
  if (!match) return null;
  const fields = new Map<string, string>();
  for (const part of splitList(match[1]!)) {
    const equals = part.indexOf('=');
    if (equals > 0) fields.set(part.slice(0, equals).trim().toLowerCase(), unquote(part.slice(equals + 1).trim()));
  }
  const named = (fields.get('algorithm') ?? 'MD5').toUpperCase();
  const realm = fields.get('realm');
  const nonce = fields.get('nonce');
  const offered =
    fields
      .get('qop')
      ?.toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean) ?? [];
  if (!(named in strength) || realm === undefined || !nonce) return null;
  if (offered.length > 0 && !offered.includes('auth')) return null;
  return {
    algorithm: named as DigestAlgorithm,
    realm,
    nonce,
    opaque: fields.get('opaque') ?? null,
    stale: fields.get('stale')?.toLowerCase() === 'true',
    qop: offered.length > 0 ? 'auth' : null,
  };
}

/** Of several challenges the strongest that we can answer (RFC 8760 2.4). */
export function strongestChallenge(values: readonly string[]): Challenge | null {
  const challenges = values.map(parseChallenge).filter((challenge) => challenge !== null);
  return challenges.sort((a, b) => strength[b.algorithm] - strength[a.algorithm])[0] ?? null;
}

export function quote(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** In the one form that sip.js's grammar reads, whatever the server's spelling was. */
export function formatChallenge(challenge: Challenge): string {
  const fields = [`realm=${quote(challenge.realm)}`, `nonce=${quote(challenge.nonce)}`];
  if (challenge.opaque !== null) fields.push(`opaque=${quote(challenge.opaque)}`);
  if (challenge.stale) fields.push('stale=true');
  fields.push(`algorithm=${challenge.algorithm}`);
  if (challenge.qop) fields.push('qop="auth"');
  return `Digest ${fields.join(', ')}`;
}
