/**
 * CPU time of each turn of this thread's loop: what a call could have had to wait for. The kernel counts CPU in ticks of
 * some ms, and the clock counts what other programs took: the less of the two is nearer to the truth, and never below it.
 */
export class TurnMeter {
  /** ms. */
  private longest = 0;
  private running = false;
  private cpu = process.threadCpuUsage();
  private wall = performance.now();

  start(): void {
    this.running = true;
    this.longest = 0;
    this.begin();
    const look = () => {
      const { user, system } = process.threadCpuUsage(this.cpu);
      this.longest = Math.max(this.longest, Math.min((user + system) / 1000, performance.now() - this.wall));
      this.begin();
      if (this.running) setImmediate(look);
    };
    setImmediate(look);
  }

  stop(): number {
    this.running = false;
    return this.longest;
  }

  private begin(): void {
    this.cpu = process.threadCpuUsage();
    this.wall = performance.now();
  }
}
