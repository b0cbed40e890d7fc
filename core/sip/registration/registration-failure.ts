import { OffhookError, toReport, type ErrorCode, type ErrorReport } from '#contract/errors.ts';
import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import { reasonPhrase } from '../session/session-end.ts';
import type { FailureKind } from './back-off.ts';

export interface RegistrationFailure {
  kind: FailureKind;
  error: ErrorReport;
  /** ms; null when the server named none. */
  retryAfter: number | null;
}

/** Who is registering where, for the sentence. */
export interface Place {
  host: string;
  user: string;
}

/** @param challenged whether credentials were sent: a 403 then means that they were wrong, as several exchanges have it */
export function refusedRegistration(message: SipMessage, place: Place, challenged: boolean): RegistrationFailure {
  const { status } = message;
  const values = { ...place, status };
  const detail = `SIP ${status} ${reasonPhrase(message) ?? ''}`.trim();
  const seconds = /^\s*(\d{1,6})/.exec(headerValue(message, 'retry-after') ?? '')?.[1];
  const retryAfter = seconds === undefined ? null : Number(seconds) * 1000;
  const code = codeOf(status, challenged);
  const kind =
    code === 'line.wrong-password'
      ? 'wrong-password'
      : code === 'line.server-failed' || code === 'line.timed-out'
        ? 'unreachable'
        : 'refused';
  return { kind, error: { code, values, detail }, retryAfter };
}

function codeOf(status: number, challenged: boolean): ErrorCode {
  if (status === 401 || status === 407) return 'line.wrong-password';
  if (status === 403) return challenged ? 'line.wrong-password' : 'line.refused';
  if (status === 404 || status === 410 || status === 604) return 'line.unknown-user';
  if (status === 408 || status === 504) return 'line.timed-out';
  return status >= 500 && status < 600 ? 'line.server-failed' : 'line.refused';
}

/** The server gave no answer in time, or the connection could not be made or broke. */
export function unreachableServer(error: unknown, place: Place): RegistrationFailure {
  const known = error instanceof OffhookError ? error : new OffhookError('line.unreachable', { detail: String(error) });
  const report = toReport(known);
  return { kind: 'unreachable', error: { ...report, values: { ...place, ...report.values } }, retryAfter: null };
}
