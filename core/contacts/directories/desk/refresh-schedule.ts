import type { ErrorCode } from '#contract/errors.ts';

const minute = 60_000;
/** After the start: calls, lines and the window come first. */
export const firstSeconds = 10_000;
const spreadOfStart = 20_000;
const longestWait = 60 * minute;
/** A share of the interval, so that a whole office does not ask its server in the same second. */
const spread = 0.1;

/** Asking again mends none of these, and a wrong password asked again locks the account in many offices. */
const needUser: ReadonlySet<ErrorCode> = new Set([
  'directory.wrong-password',
  'directory.sign-in-needed',
  'directory.sign-in-failed',
  'directory.not-here',
  'directory.outlook-missing',
]);

export interface ScheduleFacts {
  /** Unix ms. */
  now: number;
  enabled: boolean;
  everyMinutes: number;
  /** A file or folder of which changes are heard: worth a look after each start and after a failure. */
  file: boolean;
  refreshedAt: number | null;
  problem: ErrorCode | null;
  /** Refreshes that failed since the last that did not. */
  failures: number;
  /** 0–1. */
  random: number;
}

/** When a directory is read for the first time after the program has started; null for only when asked. */
export function firstRefresh({ now, enabled, everyMinutes, file, refreshedAt, random }: ScheduleFacts): number | null {
  if (!enabled) return null;
  const soon = now + firstSeconds + random * spreadOfStart;
  if (file || refreshedAt === null) return soon;
  if (everyMinutes === 0) return null;
  // A clock that was set back must not put it off for longer than one interval.
  return Math.max(soon, Math.min(refreshedAt, now) + everyMinutes * minute);
}

/** When it is read again after a refresh has ended. */
export function nextRefresh({
  now,
  enabled,
  everyMinutes,
  file,
  problem,
  failures,
  random,
}: ScheduleFacts): number | null {
  if (!enabled || (problem !== null && needUser.has(problem))) return null;
  if (everyMinutes === 0 && !(file && failures > 0)) return null;
  const wait = failures > 0 ? Math.min(longestWait, minute * 2 ** Math.min(failures - 1, 10)) : everyMinutes * minute;
  return Math.round(now + wait * (1 + spread * random));
}
