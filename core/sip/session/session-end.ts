import type { ErrorCode, ErrorReport } from '#contract/errors.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { headerValue } from '../messages/sip-message.ts';
import { displayText, unquote } from '../messages/name-address.ts';
import { isCompletedElsewhere } from '../identity/read-identity.ts';
import type { SessionEnd } from '../user-agent.ts';

const codes: Record<number, ErrorCode> = {
  401: 'call.forbidden',
  402: 'call.payment-required',
  403: 'call.forbidden',
  404: 'call.not-found',
  407: 'call.forbidden',
  408: 'call.timed-out',
  410: 'call.not-found',
  415: 'call.media-not-acceptable',
  433: 'call.forbidden',
  480: 'call.unavailable',
  482: 'call.loop',
  483: 'call.loop',
  484: 'call.number-incomplete',
  485: 'call.not-found',
  486: 'call.busy',
  487: 'call.no-answer',
  488: 'call.media-not-acceptable',
  503: 'call.server-overloaded',
  504: 'call.timed-out',
  600: 'call.busy',
  603: 'call.declined',
  604: 'call.not-found',
  606: 'call.media-not-acceptable',
  607: 'call.declined',
  608: 'call.declined',
};

/** What a final status of our INVITE means to the user. @param rang whether 180 had come before */
export function callErrorCode(status: number, rang: boolean): ErrorCode {
  // After ringing, "unavailable" and "timeout" mean that nobody took it.
  if (rang && (status === 408 || status === 480)) return 'call.no-answer';
  return codes[status] ?? (status >= 500 && status < 600 ? 'call.server-failed' : 'call.failed');
}

export function callError(status: number, reason: string | null, rang: boolean): ErrorReport {
  return { code: callErrorCode(status, rang), values: { status }, detail: `SIP ${status} ${reason ?? ''}`.trim() };
}

/** The reason phrase of a status line, fit to be shown. */
export function reasonPhrase(message: SipMessage): string | null {
  return displayText(message.startLine.replace(/^\S+ \d+ ?/, '')) || null;
}

/** The text of a Reason field (RFC 3326), as a BYE or CANCEL may carry it. */
export function reasonText(message: SipMessage): string | null {
  const text = /;\s*text\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]+)/i.exec(headerValue(message, 'reason') ?? '')?.[1];
  return text ? displayText(unquote(text)) || null : null;
}

/** Our INVITE was refused. */
export function refusedEnd(message: SipMessage, rang: boolean): SessionEnd {
  const reason = reasonPhrase(message);
  return {
    by: 'them',
    status: message.status,
    reason,
    completedElsewhere: isCompletedElsewhere(message),
    error: callError(message.status, reason, rang),
  };
}

/** They hung up, or called and gave up. @param status 487 for a CANCEL, null for a BYE */
export function farEnd(message: SipMessage | null, status: number | null): SessionEnd {
  const completedElsewhere = message !== null && isCompletedElsewhere(message);
  return { by: 'them', status, reason: message ? reasonText(message) : null, completedElsewhere, error: null };
}

export function ownEnd(status: number | null = null, reason: string | null = null): SessionEnd {
  return { by: 'us', status, reason, completedElsewhere: false, error: null };
}

export function failedEnd(
  error: ErrorReport,
  by: SessionEnd['by'] = 'network',
  status: number | null = null,
): SessionEnd {
  return { by, status, reason: null, completedElsewhere: false, error };
}
