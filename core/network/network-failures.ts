import { OffhookError, type ErrorCode } from '#contract/errors.ts';

// What OpenSSL, the resolver and the sockets say, as Node names it.
const codes: Record<string, ErrorCode> = {
  CERT_HAS_EXPIRED: 'directory.certificate-expired',
  CERT_NOT_YET_VALID: 'directory.certificate-expired',
  CRL_HAS_EXPIRED: 'directory.certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'directory.certificate-wrong-name',
  HOSTNAME_MISMATCH: 'directory.certificate-wrong-name',
  ENOTFOUND: 'directory.name-not-found',
  EAI_AGAIN: 'directory.name-not-found',
  ETIMEDOUT: 'directory.timed-out',
  EPROTO: 'directory.bad-answer',
};
// OpenSSL's other verdicts on a certificate.
const untrusted =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED)$/;
// No TLS at this port, or none that is safe; and no HTTP.
const otherProtocol = /^(?:ERR_SSL|HPE)_/;

/**
 * What kept a server from being reached, as a `directory.*` code; what has a code already keeps it.
 * @param detail the system's own code, in which no secret can be, unless something better is known
 */
export function networkFailure(host: string, error: unknown, detail?: string): OffhookError {
  if (error instanceof OffhookError) return error;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const name = error instanceof Error ? error.name : null;
  return new OffhookError(kindOf(code), { values: { host }, detail: detail || code || name, cause: error });
}

function kindOf(code: string): ErrorCode {
  if (Object.hasOwn(codes, code)) return codes[code] ?? 'directory.unreachable';
  if (untrusted.test(code)) return 'directory.certificate-untrusted';
  return otherProtocol.test(code) ? 'directory.bad-answer' : 'directory.unreachable';
}
