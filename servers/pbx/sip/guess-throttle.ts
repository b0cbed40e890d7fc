import type { Clock } from '#core/foundation/index.ts';

interface Score {
  failures: number;
  /** Clock's monotonic ms. */
  blockedUntil: number;
  lastFailure: number;
}

/** Mistakes that cost nothing: people mistype. */
const freePerUser = 4;
const freePerAddress = 30;
/** ms */
const firstDelay = 1000;
const longestDelay = 900_000;
const memory = 3_600_000;
const maximumEntries = 10_000;

/**
 * Slows down whoever guesses passwords: after a few failures of one address at one user (or of one address at many)
 * nothing is checked for a second, then two, four … up to a quarter of an hour. The table is bounded.
 */
export class GuessThrottle {
  private readonly clock: Clock;
  private readonly scores = new Map<string, Score>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** ms for which nothing of this address and user is to be checked; 0 when it may be. */
  blockedFor(address: string, user: string): number {
    const now = this.clock.monotonic();
    const until = [userKey(address, user), address].map((key) => this.scores.get(key)?.blockedUntil ?? 0);
    return Math.max(0, Math.max(...until) - now);
  }

  failed(address: string, user: string): void {
    this.count(userKey(address, user), freePerUser);
    this.count(address, freePerAddress);
  }

  /** The right password clears that user's failures; the address keeps its own, lest one account buy guesses at others. */
  succeeded(address: string, user: string): void {
    this.scores.delete(userKey(address, user));
  }

  get size(): number {
    return this.scores.size;
  }

  private count(key: string, free: number): void {
    const now = this.clock.monotonic();
    const old = this.scores.get(key);
    const failures = (old && now - old.lastFailure < memory ? old.failures : 0) + 1;
    const over = failures - free;
    const delay = over > 0 ? Math.min(longestDelay, firstDelay * 2 ** Math.min(over - 1, 20)) : 0;
    // Put at the end: the entries at the front are those that have been quiet longest.
    this.scores.delete(key);
    this.scores.set(key, { failures, blockedUntil: now + delay, lastFailure: now });
    if (this.scores.size > maximumEntries) this.scores.delete(this.scores.keys().next().value!);
  }
}

function userKey(address: string, user: string): string {
  return `${address} ${user}`;
}
