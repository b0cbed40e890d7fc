import { OffhookError, type ErrorCode } from '#contract/errors.ts';

// What OpenSSL, the resolver and the sockets say, as Node names it. All other faults of a certificate make it untrusted.
const codes: Record<string, ErrorCode> = {
  CERT_HAS_EXPIRED: 'directory.certificate-expired',
  CERT_NOT_YET_VALID: 'directory.certificate-expired',
  CRL_HAS_EXPIRED: 'directory.certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'directory.certificate-wrong-name',
  HOSTNAME_MISMATCH: 'directory.certificate-wrong-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'directory.certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'directory.certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'directory.certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'directory.certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'directory.certificate-untrusted',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'directory.certificate-untrusted',
  INVALID_CA: 'directory.certificate-untrusted',
  INVALID_PURPOSE: 'directory.certificate-untrusted',
  PATH_LENGTH_EXCEEDED: 'directory.certificate-untrusted',
  ENOTFOUND: 'directory.name-not-found',
  EAI_AGAIN: 'directory.name-not-found',
  ETIMEDOUT: 'directory.timed-out',
};

/** What kept a request from being answered. Its detail is a code of the system, in which no secret can be. */
export function toNetworkError(error: unknown, host: string): OffhookError {
  if (error instanceof OffhookError) return error;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const values = { host };
  const detail = code || (error instanceof Error ? error.name : null);
  return new OffhookError(kindOf(code), { values, detail, cause: error });
}

function kindOf(code: string): ErrorCode {
  if (Object.hasOwn(codes, code)) return codes[code] ?? 'directory.unreachable';
  if (/^CERT_/.test(code)) return 'directory.certificate-untrusted';
  // Not HTTP at all.
  return code.startsWith('HPE_') ? 'directory.bad-answer' : 'directory.unreachable';
}

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
