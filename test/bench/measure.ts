/** One figure that must stay good; `npm run bench` runs them all. */
export interface Measure {
  /** e.g. `dial-invite`; what `--only` takes. */
  id: string;
  /** Which figure of the run it is: `p95`, `p99`, `max`, `mean`. */
  stat: string;
  /** `ms`, `%`, `MB` … */
  unit: string;
  /** The value must not be above it. */
  goal: number;
  /** What is measured, in a few words, for the table. */
  title: string;
  run(): Promise<Measured>;
}

export interface Measured {
  value: number;
  /** The same figure of another program, measured in the same run; null where there is nothing to compare with. */
  against?: { name: string; value: number } | null;
}

/**
 * @param fraction 0–1, e.g. 0.95
 * @returns the smallest value that is not below that share of them
 */
export function percentile(values: readonly number[], fraction: number): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)]!;
}
