import type { Clock } from '#core/foundation/index.ts';

/** How many runs one action has in a stretch of time; the rest of a storm of calls is left out. */
export class RunLimit {
  private readonly clock: Clock;
  private readonly most: number;
  private readonly within: number;
  private readonly runs = new Map<string, number[]>();
  private readonly told = new Map<string, number>();

  /** @param options.within ms */
  constructor(options: { clock: Clock; most: number; within: number }) {
    this.clock = options.clock;
    this.most = options.most;
    this.within = options.within;
  }

  /** `left-out-again` where the user has heard of it within this stretch of time already. */
  take(key: string): 'run' | 'left-out' | 'left-out-again' {
    const now = this.clock.monotonic();
    const recent = (this.runs.get(key) ?? []).filter((at) => at > now - this.within);
    this.runs.set(key, recent);
    if (recent.length < this.most) {
      recent.push(now);
      return 'run';
    }
    const told = this.told.get(key);
    if (told !== undefined && told > now - this.within) return 'left-out-again';
    this.told.set(key, now);
    return 'left-out';
  }

  forget(key: string): void {
    this.runs.delete(key);
    this.told.delete(key);
  }
}
