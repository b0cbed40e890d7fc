import { OffhookError } from '#contract/errors.ts';

/** What an answer's status says where nothing better is known of it; null for one that is no failure. */
export function toStatusError(status: number, host: string): OffhookError | null {
  if (status < 400) return null;
  const values = { host, status };
  const detail = `HTTP ${status}`;
  if (status === 401) return new OffhookError('directory.wrong-password', { values, detail });
  if (status === 403) return new OffhookError('directory.forbidden', { values, detail });
  if (status === 408 || status === 504) return new OffhookError('directory.timed-out', { values, detail });
  const failed = status >= 500 || status === 429 || status === 407;
  return new OffhookError(failed ? 'directory.server-failed' : 'directory.bad-answer', { values, detail });
}
