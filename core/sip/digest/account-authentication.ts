import { randomBytes } from 'node:crypto';
import type { DigestAuthentication } from 'sip.js/lib/core/index.js';
import { authorization } from './digest-credentials.ts';
import type { Challenge, DigestAlgorithm } from './challenge.ts';

interface ParsedChallenge {
  realm?: string;
  nonce?: string;
  opaque?: string;
  stale?: boolean;
  algorithm?: string;
  qop?: string[] | string;
}

/**
 * Answers one request's challenges for sip.js, in place of its own class, which knows MD5 only. Challenges come in the
 * form that `chooseChallenge` has put them in.
 */
export class AccountAuthentication {
  private readonly username: string;
  private readonly password: string;
  private nonce = '';
  private count = 0;
  private value = '';

  constructor(username: string, password: string) {
    this.username = username;
    this.password = password;
  }

  authenticate(request: { method: string; ruri: { toRaw(): string } }, parsed: ParsedChallenge): boolean {
    if (!parsed.nonce || parsed.realm === undefined) return false;
    const challenge: Challenge = {
      algorithm: (parsed.algorithm ?? 'MD5') as DigestAlgorithm,
      // sip.js's grammar leaves the backslashes of a quoted string in.
      realm: parsed.realm.replace(/\\(.)/g, '$1'),
      nonce: parsed.nonce.replace(/\\(.)/g, '$1'),
      opaque: parsed.opaque === undefined ? null : parsed.opaque.replace(/\\(.)/g, '$1'),
      stale: parsed.stale === true,
      qop: parsed.qop ? 'auth' : null,
    };
    // The count belongs to a nonce (RFC 7616 3.4).
    this.count = challenge.nonce === this.nonce ? this.count + 1 : 1;
    this.nonce = challenge.nonce;
    this.value = authorization(challenge, {
      username: this.username,
      password: this.password,
      method: request.method,
      uri: request.ruri.toRaw(),
      clientNonce: randomBytes(8).toString('hex'),
      count: this.count,
    });
    return true;
  }

  toString(): string {
    return this.value;
  }

  /** As sip.js types it; its class has private members that nothing else uses. */
  forSipJs(): DigestAuthentication {
    return this as unknown as DigestAuthentication;
  }
}
