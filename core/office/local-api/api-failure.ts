import { OffhookError, toReport, type ErrorCode, type ErrorReport } from '#contract/errors.ts';
import type { ApiError } from '#contract/local-api/index.ts';
import { sentences } from './error-sentences.ts';

/** HTTP statuses of failures (RFC 9110); the longest beginning of a code that is listed counts. */
const statuses: Record<string, number> = {
  'program.not-paired': 401,
  'program.not-allowed': 403,
  'program.refused': 403,
  'program.request-gone': 404,
  'program.unknown': 404,
  'program.too-many': 429,
  'program.too-fast': 429,
  'program.invalid': 400,
  'program.too-large': 413,
  'call.unknown': 404,
  'people.unknown': 404,
  'line.unknown': 404,
  'call.not-possible-now': 409,
  'call.limit-reached': 409,
  'call.not-supported': 501,
  'bridge.unknown-command': 501,
  'dial.too-many': 429,
  'dial.refused': 403,
  'dial.refused-unreadable': 422,
  'dial.': 422,
  'number.': 422,
  'records.': 409,
  // The PBX or the far end said no.
  'call.': 502,
  'line.': 503,
  'local-api.': 503,
  'storage.': 503,
  'audio.': 503,
};

export function statusOf(code: ErrorCode): number {
  const known = Object.keys(statuses).filter((beginning) => code.startsWith(beginning));
  const longest = known.reduce((best, beginning) => (beginning.length > best.length ? beginning : best), '');
  return statuses[longest] ?? 500;
}

/** What a failure answers with. Of a bug nothing is told: its words may hold what was asked. */
export function failureOf(error: unknown): { status: number; body: ApiError } {
  const report = toReport(error);
  const told = report.code === 'internal.bug' ? { ...report, detail: null } : report;
  return { status: statusOf(told.code), body: { error: told, message: sentenceOf(told) } };
}

export function tooFast(milliseconds: number): OffhookError {
  return new OffhookError('program.too-fast', { values: { seconds: Math.max(1, Math.ceil(milliseconds / 1000)) } });
}

/** Of `Retry-After`; null where waiting does not help. */
export function secondsToWait(report: ErrorReport): number | null {
  const { seconds } = report.values;
  return report.code === 'program.too-fast' && typeof seconds === 'number' ? seconds : null;
}

/** English, for the log of the program that asked; what its user reads should come from the code. */
function sentenceOf({ code, values, detail }: ErrorReport): string {
  const sentence = sentences[code] ?? `It did not work (${code}).`;
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '…'));
  return detail === null ? filled : `${filled} (${detail})`;
}
