import type { Clock } from '#core/foundation/index.ts';

/** A link that is opened twice by one click dials once. */
const sameWithin = 2_000;
/** More calls by links within this time are asked for, however much their program is trusted. */
const floodTime = 10_000;
const mostInFloodTime = 4;

interface Dialled {
  key: string;
  callId: string;
  at: number;
}

/** What links dialled at once a moment ago. */
export class DialLimits {
  private readonly clock: Clock;
  private dialled: Dialled[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  note(key: string, callId: string): void {
    this.dialled.push({ key, callId, at: this.clock.monotonic() });
  }

  /** The call that the same link made just now. */
  same(key: string): string | null {
    return this.recent(sameWithin).findLast((dialled) => dialled.key === key)?.callId ?? null;
  }

  get reached(): boolean {
    this.dialled = this.recent(floodTime);
    return this.dialled.length >= mostInFloodTime;
  }

  private recent(within: number): Dialled[] {
    const since = this.clock.monotonic() - within;
    return this.dialled.filter(({ at }) => at >= since);
  }
}
