/** Starts Offhook as a program of its own, which goes on when the command is over. */
export interface AgentStarter {
  /**
   * Does not wait for it to be ready.
   * @param options.window whether its window is opened at once; it opens for a call in either case
   * @returns settles with its exit code should it end while the command still waits; 127 where there is no such program
   */
  start(options: { window: boolean }): Promise<number>;
}
