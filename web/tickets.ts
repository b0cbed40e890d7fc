import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '#core/foundation/index.ts';

/** Tokens are kept as hashes only, and looked up by hash: no comparison leaks how much of a guess was right. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Single-use, short-lived right to open a session; travels in a URL's fragment, which browsers never send. */
export class Tickets {
  private readonly clock: Clock;
  private readonly expiries = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** @param lifetime ms until the ticket is worthless */
  issue(lifetime: number): string {
    const now = this.clock.monotonic();
    for (const [hash, expiry] of this.expiries) if (expiry <= now) this.expiries.delete(hash);
    const ticket = newToken();
    this.expiries.set(hashOf(ticket), now + lifetime);
    return ticket;
  }

  /** True once for each ticket that is still fresh. */
  redeem(ticket: string): boolean {
    const hash = hashOf(ticket);
    const expiry = this.expiries.get(hash);
    this.expiries.delete(hash);
    return expiry !== undefined && expiry > this.clock.monotonic();
  }
}

/** Sessions live as long as the shell; the oldest makes room when there are too many. */
export class Sessions {
  private readonly hashes: Set<string>;
  private readonly limit: number;

  /** @param hashes sessions of a shell that died and was started anew, so that its windows come back */
  constructor(hashes: readonly string[] = [], limit = 32) {
    this.hashes = new Set(hashes);
    this.limit = limit;
  }

  open(): string {
    const token = newToken();
    this.hashes.add(hashOf(token));
    for (const oldest of this.hashes) {
      if (this.hashes.size <= this.limit) break;
      this.hashes.delete(oldest);
    }
    return token;
  }

  has(token: string): boolean {
    return this.hashes.has(hashOf(token));
  }

  all(): string[] {
    return [...this.hashes];
  }
}
