import type { Clock } from './clock.ts';
import { toDisposable } from './disposable.ts';

interface Timer {
  at: number;
  run: () => void;
  interval: number | null;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  private time: number;
  private readonly start: number;
  private setBackBy = 0;
  private readonly timers = new Set<Timer>();

  constructor(start = Date.UTC(2026, 0, 15, 9, 0, 0)) {
    this.time = start;
    this.start = start;
  }

  now(): number {
    return this.time - this.setBackBy;
  }

  /** What a user or a time server does to the system's clock; timers and `monotonic` do not see it. */
  setBack(milliseconds: number): void {
    this.setBackBy += milliseconds;
  }

  monotonic(): number {
    return this.time - this.start;
  }

  after(delay: number, run: () => void) {
    return this.schedule({ at: this.time + delay, run, interval: null });
  }

  every(interval: number, run: () => void) {
    return this.schedule({ at: this.time + interval, run, interval });
  }

  get pendingTimers(): number {
    return this.timers.size;
  }

  /** Moves time on by `milliseconds`, running what falls due, in order. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = due.at;
      if (due.interval === null) this.timers.delete(due);
      else due.at += due.interval;
      due.run();
    }
    this.time = end;
  }

  private schedule(timer: Timer) {
    this.timers.add(timer);
    return toDisposable(() => this.timers.delete(timer));
  }
}
