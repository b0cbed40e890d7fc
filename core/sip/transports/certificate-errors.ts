import type { ErrorCode } from '#contract/errors.ts';

// OpenSSL's verification results as Node names them.
const expired = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CRL_HAS_EXPIRED']);
const wrongName = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']);
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);

/** The code for a certificate that was not accepted; null when the failure is not about the certificate. */
export function certificateErrorCode(error: unknown): ErrorCode | null {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  if (expired.has(code)) return 'line.certificate-expired';
  if (wrongName.has(code)) return 'line.certificate-wrong-name';
  if (untrusted.has(code)) return 'line.certificate-untrusted';
  return null;
}
