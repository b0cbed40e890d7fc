export type LogBenchTask = 'first-screen' | 'search' | 'report' | 'durable' | 'turn';

export interface LogBenchResult {
  /** ms of each. */
  taken: number[];
  /** ms of CPU of the longest turn of the agent's loop; 0 where it was not looked at. */
  longestTurn: number;
}
