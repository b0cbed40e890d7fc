import { randomBytes } from 'node:crypto';
import { authorization, strongestChallenge, type Challenge } from '#core/sip/index.ts';

/**
 * What a user's requests are authorised by: Basic (RFC 7617), unasked, since some servers show nothing without asking for
 * it; Digest (RFC 7616) from the moment at which a server asks for it.
 */
export class DavAuthorization {
  private readonly user: string;
  private readonly password: string;
  private challenge: Challenge | null = null;
  private count = 0;

  constructor(user: string, password: string | null) {
    this.user = user;
    this.password = password ?? '';
  }

  headers(method: string, url: URL): Record<string, string> {
    const { user: username, password, challenge } = this;
    if (username === '' && password === '') return {};
    if (!challenge)
      return { Authorization: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}` };
    this.count += 1;
    const request = { method, uri: url.pathname + url.search, clientNonce: randomBytes(8).toString('hex') };
    return { Authorization: authorization(challenge, { username, password, ...request, count: this.count }) };
  }

  /** Whether the request may be tried again, with what the refusal asks for. */
  learn(refusal: Response): boolean {
    // Several fields come as one, parted by commas.
    const asked = (refusal.headers.get('www-authenticate') ?? '').split(/(?=\bDigest\s)/i);
    const challenge = strongestChallenge(asked);
    if (!challenge || (this.challenge && !challenge.stale)) return false;
    [this.challenge, this.count] = [challenge, 0];
    return true;
  }
}
