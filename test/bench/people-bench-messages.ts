export type PeopleBenchTask = 'match' | 'memory' | 'load' | 'search' | 'turn';

export interface PeopleBenchResult {
  /** ms of each; one value, the 99th percentile, for `match`, and MB for `memory`. */
  taken: number[];
  /** ms of CPU of the longest turn of the agent's loop; 0 where it was not looked at. */
  longestTurn: number;
}
