/** Why the last try failed, as far as it decides when to try again. */
export type FailureKind = 'unreachable' | 'refused' | 'wrong-password';

// First and longest delay, ms.
const delays: Record<FailureKind, { first: number; longest: number }> = {
  // A server that restarts is back soon, and calls are being missed.
  unreachable: { first: 1000, longest: 60_000 },
  refused: { first: 30_000, longest: 600_000 },
  // The same password will be wrong again, and servers lock out who keeps guessing.
  'wrong-password': { first: 300_000, longest: 3_600_000 },
};
const longestRetryAfter = 3_600_000;

/**
 * How long to wait before the next try, ms: doubling, with a quarter more or less by chance, so that an office does not
 * come back all at once (RFC 5626 4.5).
 * @param failures in a row, this one included
 * @param retryAfter ms that the server asked for (RFC 3261 20.33); never undercut
 * @param random 0 to 1
 */
export function retryDelay(kind: FailureKind, failures: number, retryAfter: number | null, random: number): number {
  const { first, longest } = delays[kind];
  const base = Math.min(first * 2 ** Math.min(failures - 1, 20), longest);
  const asked = Math.min(retryAfter ?? 0, longestRetryAfter);
  return Math.round(Math.max(base * (0.75 + random / 2), asked));
}

/** When to refresh a binding that holds for `expires` s: ms from now, well before its end. */
export function refreshDelay(expires: number, random: number): number {
  const seconds = expires > 60 ? expires * (0.75 + random * 0.1) : expires / 2;
  return Math.max(1000, Math.round(seconds * 1000));
}
