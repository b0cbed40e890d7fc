/** Asks for a turn when the page has nothing better to do; `left` tells how many ms of it remain. */
export type AskForTurn = (run: (left: () => number) => void) => void;

export const idleTurn: AskForTurn = (run) =>
  void requestIdleCallback((deadline) => run(() => deadline.timeRemaining()), { timeout: 2000 });

/** ms of one turn, however much time the browser says there is. */
const longestTurn = 8;

/** Work in small steps, done a few ms at a time while the page is idle. */
export class IdleWork {
  private readonly steps: Iterator<void>[] = [];
  private readonly askForTurn: AskForTurn;
  private readonly now: () => number;
  private asked = false;

  constructor(askForTurn: AskForTurn = idleTurn, now: () => number = () => performance.now()) {
    this.askForTurn = askForTurn;
    this.now = now;
  }

  get waiting(): number {
    return this.steps.length;
  }

  add(steps: Iterator<void>): void {
    this.steps.push(steps);
    this.ask();
  }

  clear(): void {
    this.steps.length = 0;
  }

  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    this.askForTurn((left) => this.turn(left));
  }

  private turn(left: () => number): void {
    this.asked = false;
    const end = this.now() + longestTurn;
    // One step at least, or a page that is never idle would never be read.
    do {
      const [next] = this.steps;
      if (!next) return;
      if (next.next().done) this.steps.shift();
    } while (left() > 1 && this.now() < end);
    if (this.steps.length > 0) this.ask();
  }
}
