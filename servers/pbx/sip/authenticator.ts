import type { Logger } from '#core/foundation/index.ts';
import { headerValues } from '#core/sip/messages/sip-message.ts';
import type { DigestChallenge } from './digest-challenge.ts';
import type { GuessThrottle } from './guess-throttle.ts';
import type { ServerRequest } from './server-request.ts';

/** The user that a request proved to come from, or why it went no further (it is answered then). */
export type Authentication = { user: string } | { user: null; status: number };

/** Asks for credentials, checks them, and slows down those who try many. Unknown users and wrong passwords look alike. */
export class Authenticator {
  private readonly digest: DigestChallenge;
  private readonly throttle: GuessThrottle;
  private readonly logger: Logger;

  constructor(options: { digest: DigestChallenge; throttle: GuessThrottle; logger: Logger }) {
    this.digest = options.digest;
    this.throttle = options.throttle;
    this.logger = options.logger.child('authentication');
  }

  /** @param status 401 as a registrar or end point, 407 as a proxy */
  authenticate(request: ServerRequest, status: 401 | 407): Authentication {
    const { message, flow } = request;
    const address = flow.remote.address;
    const credentials = headerValues(message, status === 401 ? 'authorization' : 'proxy-authorization');
    const named = this.digest.userOf(credentials);
    const blocked = named === null ? 0 : this.throttle.blockedFor(address, named);
    if (blocked > 0) return this.refuse(request, 'Too Many Attempts', Math.ceil(blocked / 1000));
    const verdict = this.digest.check({ method: message.method, requestUri: message.requestUri, credentials });
    if (verdict.kind === 'right') {
      this.throttle.succeeded(address, verdict.user);
      return { user: verdict.user };
    }
    if (verdict.kind === 'wrong') {
      this.throttle.failed(address, verdict.user);
      this.logger.warn('wrong credentials', { method: message.method, from: address });
      return this.refuse(request, 'Forbidden', null);
    }
    if (verdict.kind === 'malformed') {
      request.respond(400, 'Bad Request', { headers: [['Warning', `399 offhook "${verdict.cause}"`]] });
      return { user: null, status: 400 };
    }
    const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    const headers = this.digest.challenges(verdict.kind === 'stale').map((value) => [name, value] as const);
    request.respond(status, status === 401 ? 'Unauthorized' : 'Proxy Authentication Required', { headers });
    return { user: null, status };
  }

  private refuse(request: ServerRequest, reason: string, /* s */ retryAfter: number | null): Authentication {
    request.respond(403, reason, { headers: retryAfter === null ? [] : [['Retry-After', String(retryAfter)]] });
    return { user: null, status: 403 };
  }
}
