import { OffhookError, type ErrorCode } from '#contract/errors.ts';

const unreachable: readonly ErrorCode[] = [
  'directory.unreachable',
  'directory.name-not-found',
  'directory.timed-out',
  'directory.cancelled',
];

/**
 * A failure of the network as one of a delivery, to be tried again; what says more, e.g. of a certificate, stays as it
 * is.
 */
export function toDeliveryFailure(host: string, error: unknown): OffhookError {
  if (!(error instanceof OffhookError))
    return new OffhookError('delivery.failed', { values: { host }, detail: String(error), cause: error });
  if (!unreachable.includes(error.code)) return error;
  return new OffhookError('delivery.unreachable', {
    values: { host },
    detail: error.detail ?? error.code,
    cause: error,
  });
}

/**
 * What an answer's status says of a delivery; null for one that took it. `retryAfter` among the values of a failure is
 * the time in s that the server asks to be left alone.
 */
export function deliveryStatusError(
  host: string,
  status: number,
  retryAfter: string | null,
  now: number,
): OffhookError | null {
  if (status >= 200 && status <= 299) return null;
  const detail = `HTTP ${status}`;
  const again = status >= 500 || status === 408 || status === 425 || status === 429;
  if (!again) return new OffhookError('delivery.refused', { values: { host, status }, detail });
  const wait = readRetryAfter(retryAfter, now);
  return new OffhookError('delivery.failed', {
    values: { host, status, ...(wait === null ? {} : { retryAfter: wait }) },
    detail,
  });
}

const longestWait = 24 * 3600;

/**
 * Seconds for which a server asks to be left alone, a day at most; null where it asks for nothing that can be read.
 * RFC 9110, section 10.2.3: seconds, or a date.
 * @param now Unix ms
 */
export function readRetryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  const seconds = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), longestWait) : null;
}
