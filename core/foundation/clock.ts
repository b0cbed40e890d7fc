import { toDisposable, type Disposable } from './disposable.ts';

/** Time as handed to everything that waits or stamps, so that tests own it. */
export interface Clock {
  /** Unix ms; may jump when the system clock is set. */
  now(): number;
  /** Monotonic ms, for durations. */
  monotonic(): number;
  /** Runs once after `delay` ms. */
  after(delay: number, run: () => void): Disposable;
  /** Runs every `interval` ms. */
  every(interval: number, run: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, run) {
    const timer = setTimeout(run, delay);
    return toDisposable(() => clearTimeout(timer));
  },
  every(interval, run) {
    const timer = setInterval(run, interval);
    return toDisposable(() => clearInterval(timer));
  },
};
