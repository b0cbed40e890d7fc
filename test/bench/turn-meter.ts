/** CPU time of each turn of this thread's loop: what a call could have had to wait for. */
export class TurnMeter {
  /** ms of CPU. */
  longest = 0;
  private running = false;
  private last = process.threadCpuUsage();

  start(): void {
    this.running = true;
    this.longest = 0;
    this.last = process.threadCpuUsage();
    const look = () => {
      const { user, system } = process.threadCpuUsage(this.last);
      this.longest = Math.max(this.longest, (user + system) / 1000);
      this.last = process.threadCpuUsage();
      if (this.running) setImmediate(look);
    };
    setImmediate(look);
  }

  stop(): number {
    this.running = false;
    return this.longest;
  }
}
