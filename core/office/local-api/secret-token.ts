import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, as text that fits a header and a WebSocket's subprotocol. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex: a token has too many bits to be guessed back from it. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** In the same time, however much of it is the same. */
export function isSameHash(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** Reads tokens: the one secret is that of `holder`, the rest are for `others` to know. */
export function tokenReader<T>(
  secret: string,
  holder: T,
  others: (token: string) => T | null,
): (token: string) => T | null {
  const hash = hashOfToken(secret);
  return (token) => (isSameHash(hash, hashOfToken(token)) ? holder : others(token));
}
