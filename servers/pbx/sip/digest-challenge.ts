import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#core/foundation/index.ts';
import { parseUri } from './name-address.ts';
import type { Secret } from '#servers/pbx/directory/index.ts';

export type DigestAlgorithm = 'SHA-256' | 'MD5';

/** What became of a request's credentials. */
export type DigestVerdict =
  | { kind: 'none' }
  /** Well made, but with a nonce that is too old, not ours or used up: ask again (RFC 7616 3.5 `stale`). */
  | { kind: 'stale' }
  | { kind: 'malformed'; cause: string }
  | { kind: 'wrong'; user: string }
  | { kind: 'right'; user: string };

export interface DigestRequest {
  method: string;
  requestUri: string;
  /** Values of Authorization or Proxy-Authorization. */
  credentials: readonly string[];
}

/** ms */
const nonceLife = 300_000;
const maximumNonces = 10_000;
const maximumCount = 4096;

const hash = (algorithm: DigestAlgorithm, text: string) =>
  createHash(algorithm === 'MD5' ? 'md5' : 'sha256').update(text).digest('hex');

/** HTTP digest (RFC 7616, RFC 8760) as a server: challenges, and checks what comes back. */
export class DigestChallenge {
  private readonly realm: string;
  private readonly clock: Clock;
  private readonly secretOf: (user: string) => Secret | null;
  private readonly algorithms: readonly DigestAlgorithm[];
  private readonly key = randomBytes(32);
  private readonly opaque = randomBytes(8).toString('hex');
  // Nobody has this secret; unknown users are checked against it, so that they take as long as known ones.
  private readonly nobody = randomBytes(24).toString('base64url');
  /** Counts used with a nonce, only of those that once came with the right password: guessing fills no memory. */
  private readonly used = new Map<string, { counts: Set<number>; expires: number }>();

  constructor(options: { realm: string; clock: Clock; secretOf: (user: string) => Secret | null; algorithms: readonly DigestAlgorithm[] }) {
    this.realm = options.realm;
    this.clock = options.clock;
    this.secretOf = options.secretOf;
    this.algorithms = options.algorithms;
  }

  /** Values for WWW-Authenticate or Proxy-Authenticate, best algorithm first (RFC 8760 2.3). */
  challenges(stale: boolean): string[] {
    const nonce = this.createNonce();
    return this.algorithms.map(
      (algorithm) =>
        `Digest realm="${this.realm}", nonce="${nonce}", opaque="${this.opaque}", algorithm=${algorithm}, qop="auth"${stale ? ', stale=true' : ''}`,
    );
  }

  check(request: DigestRequest): DigestVerdict {
    const fields = this.select(request.credentials);
    if (fields) return this.verify(request, fields, this.algorithmOf(fields)!);
    const isUnreadable = request.credentials.some((value) => parseCredentials(value) === null);
    return isUnreadable ? { kind: 'malformed', cause: 'unreadable credentials' } : { kind: 'none' };
  }

  /** Whom the credentials that `check` would look at name; nothing is checked. */
  userOf(credentials: readonly string[]): string | null {
    return this.select(credentials)?.get('username') ?? null;
  }

  private select(credentials: readonly string[]): ReadonlyMap<string, string> | undefined {
    const all = credentials.map(parseCredentials);
    return all.find((fields) => fields?.get('realm') === this.realm && this.algorithmOf(fields) !== null) ?? undefined;
  }

  private verify(request: DigestRequest, fields: ReadonlyMap<string, string>, algorithm: DigestAlgorithm): DigestVerdict {
    const field = (name: string) => fields.get(name) ?? '';
    const user = field('username');
    const nonce = field('nonce');
    const count = /^[0-9a-f]{8}$/i.test(field('nc')) ? parseInt(field('nc'), 16) : null;
    if (field('qop') !== 'auth' || count === null || count === 0 || field('cnonce') === '') return { kind: 'malformed', cause: 'qop=auth was asked for' };
    if (!isSameTarget(field('uri'), request.requestUri)) return { kind: 'malformed', cause: 'credentials are for another Request-URI' };
    const secret = this.secretOf(user);
    const known = secret === null ? null : this.ha1(secret, user, algorithm);
    const ha1 = known ?? hash(algorithm, `${user}:${this.realm}:${this.nobody}`);
    const ha2 = hash(algorithm, `${request.method}:${field('uri')}`);
    const expected = Buffer.from(hash(algorithm, [ha1, nonce, field('nc'), field('cnonce'), 'auth', ha2].join(':')));
    const given = Buffer.from(field('response').toLowerCase());
    const right = given.length === expected.length && timingSafeEqual(given, expected) && known !== null;
    // An old nonce says nothing about the password: whoever guesses must guess against a fresh one.
    if (!this.isOurs(nonce)) return { kind: 'stale' };
    if (!right) return { kind: 'wrong', user };
    return this.countOnce(nonce, count) ? { kind: 'right', user } : { kind: 'stale' };
  }

  private ha1(secret: Secret, user: string, algorithm: DigestAlgorithm): string | null {
    if (typeof secret === 'string') return hash(algorithm, `${user}:${this.realm}:${secret}`);
    return (algorithm === 'MD5' ? secret.md5 : secret.sha256)?.toLowerCase() ?? null;
  }

  private algorithmOf(fields: ReadonlyMap<string, string>): DigestAlgorithm | null {
    const name = (fields.get('algorithm') ?? 'MD5').toUpperCase();
    return this.algorithms.find((algorithm) => algorithm === name) ?? null;
  }

  private createNonce(): string {
    const text = `${this.clock.now().toString(36)}.${randomBytes(9).toString('base64url')}`;
    return `${text}.${this.sign(text)}`;
  }

  private sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url').slice(0, 22);
  }

  private isOurs(nonce: string): boolean {
    const match = /^(([0-9a-z]{1,11})\.[\w-]{12})\.([\w-]{22})$/.exec(nonce);
    if (!match) return false;
    const age = this.clock.now() - parseInt(match[2]!, 36);
    return timingSafeEqual(Buffer.from(this.sign(match[1]!)), Buffer.from(match[3]!)) && age >= 0 && age <= nonceLife;
  }

  /** RFC 7616 3.4 `nc`: each number once, so that a request overheard cannot be sent again. */
  private countOnce(nonce: string, count: number): boolean {
    const now = this.clock.now();
    let entry = this.used.get(nonce);
    if (!entry) {
      for (const [key, { expires }] of this.used) {
        if (expires > now && this.used.size < maximumNonces) break;
        this.used.delete(key);
      }
      entry = { counts: new Set(), expires: now + nonceLife };
      this.used.set(nonce, entry);
    }
    if (entry.counts.has(count) || entry.counts.size >= maximumCount) return false;
    entry.counts.add(count);
    return true;
  }
}

/** RFC 7616 3.4.6: the digest's uri must mean the Request-URI. Some clients (sipp) leave the user part or parameters out. */
function isSameTarget(uri: string, requestUri: string): boolean {
  if (uri === requestUri) return true;
  const [named, asked] = [parseUri(uri), parseUri(requestUri)];
  return named !== null && asked !== null && named.host === asked.host && (named.user === '' || named.user === asked.user);
}

/** `Digest a=b, c="d"` → fields with lower-case names; null when it is not that. */
function parseCredentials(value: string): Map<string, string> | null {
  const match = /^Digest\s+(.*)$/is.exec(value);
  if (!match) return null;
  const fields = new Map<string, string>();
  const part = /\s*([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))\s*(?:,|$)/y;
  const text = match[1]!;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (!found) return null;
    const name = found[1]!.toLowerCase();
    if (fields.has(name)) return null;
    fields.set(name, found[2] !== undefined ? found[2].replace(/\\(.)/g, '$1') : found[3]!);
  }
  return fields;
}
