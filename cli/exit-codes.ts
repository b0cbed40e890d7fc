import type { ErrorCode } from '#contract/errors.ts';

/** What the shell is told; documented in docs/guides/command-line.md, so a number never changes its meaning. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** Not running, and could not be started. */
  notRunning: 3,
  /** No such call, nobody with this number, nothing selected. */
  nothingToDo: 4,
  /** A rule of dialling, or a right that is missing. */
  refused: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const nothing: readonly ErrorCode[] = ['call.unknown', 'people.unknown', 'selection.empty', 'dial.no-number'];
const refusals: readonly ErrorCode[] = [
  'dial.refused-premium',
  'dial.refused-international',
  'dial.refused-unreadable',
  'dial.too-many',
  'call.blocked-number',
  'program.not-paired',
  'program.not-allowed',
  'program.refused',
  'program.too-fast',
];

export function exitCodeFor(code: ErrorCode): ExitCode {
  if (nothing.includes(code)) return exitCodes.nothingToDo;
  if (refusals.includes(code)) return exitCodes.refused;
  return code === 'local-api.not-running' ? exitCodes.notRunning : exitCodes.failed;
}
