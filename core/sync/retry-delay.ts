const seconds = [5, 15, 60, 300, 900, 3600];

/** ms until the next try after so many that failed, a little apart from others'; an hour at most. */
export function retryDelay(attempts: number, random: () => number): number {
  const delay = seconds[Math.min(attempts, seconds.length) - 1] ?? 0;
  return Math.round(delay * 1000 * (0.9 + 0.2 * random()));
}
