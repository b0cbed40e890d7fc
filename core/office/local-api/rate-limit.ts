import type { Clock } from '#core/foundation/index.ts';

/** `burst` at once, and `each` ms for every further one. */
export interface Rate {
  burst: number;
  each: number;
}

/** Callers that fell silent are forgotten above this many. */
const mostCallers = 1000;

/** How often a caller may do something: a bucket of permissions that fills again by itself. */
export class RateLimit {
  private readonly rate: Rate;
  private readonly clock: Clock;
  /** By caller: when, in monotonic ms, the bucket will be full. */
  private readonly fullAt = new Map<string, number>();

  constructor(rate: Rate, clock: Clock) {
    this.rate = rate;
    this.clock = clock;
  }

  /** @returns ms to wait; 0 when it may be done, and is counted */
  take(caller: string): number {
    const wait = this.wait(caller);
    if (wait > 0) return wait;
    const now = this.clock.monotonic();
    if (this.fullAt.size >= mostCallers) this.forget(now);
    this.fullAt.set(caller, this.busyUntil(caller, now) + this.rate.each);
    return 0;
  }

  /** @returns ms until one more is permitted; counts nothing */
  wait(caller: string): number {
    const now = this.clock.monotonic();
    const owed = this.busyUntil(caller, now) + this.rate.each - now;
    return Math.max(0, owed - this.rate.burst * this.rate.each);
  }

  private busyUntil(caller: string, now: number): number {
    return Math.max(now, this.fullAt.get(caller) ?? 0);
  }

  private forget(now: number): void {
    for (const [caller, fullAt] of this.fullAt) if (fullAt <= now) this.fullAt.delete(caller);
  }
}
