import { OffhookError, type ErrorCode } from '#contract/errors.ts';

/** Of RFC 4511, 4.1.9. */
export const resultCodes = {
  success: 0,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  referral: 10,
  adminLimitExceeded: 11,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  invalidCredentials: 49,
} as const;

const byResult = new Map<number, ErrorCode>([
  [resultCodes.timeLimitExceeded, 'directory.limit-reached'],
  [resultCodes.sizeLimitExceeded, 'directory.limit-reached'],
  [resultCodes.adminLimitExceeded, 'directory.limit-reached'],
  // strongerAuthRequired, confidentialityRequired, inappropriateAuthentication, insufficientAccessRights
  [8, 'directory.forbidden'],
  [13, 'directory.forbidden'],
  [48, 'directory.forbidden'],
  [50, 'directory.forbidden'],
  [resultCodes.referral, 'directory.referral'],
  // loopDetect
  [54, 'directory.referral'],
  // noSuchAttribute, undefinedAttributeType, inappropriateMatching, constraintViolation, invalidAttributeSyntax
  [16, 'directory.invalid'],
  [17, 'directory.invalid'],
  [18, 'directory.invalid'],
  [19, 'directory.invalid'],
  [21, 'directory.invalid'],
  [resultCodes.noSuchObject, 'directory.invalid'],
  [resultCodes.invalidDnSyntax, 'directory.invalid'],
  [resultCodes.invalidCredentials, 'directory.wrong-password'],
]);

/** What a server says is hostile text; it never has the password. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** @param doing what the server was asked, e.g. `bind` */
export function resultFailure(host: string, doing: string, status: number, message: string): OffhookError {
  const detail = oneLine(`LDAP ${doing}: ${status} ${message}`);
  return new OffhookError(byResult.get(status) ?? 'directory.server-failed', { values: { host, status }, detail });
}

const expired = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CRL_HAS_EXPIRED']);
const wrongName = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']);
// OpenSSL's other verdicts on a certificate, as Node names them.
const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED)$/;
const bySystem: Record<string, ErrorCode> = {
  ENOTFOUND: 'directory.name-not-found',
  EAI_AGAIN: 'directory.name-not-found',
  ETIMEDOUT: 'directory.timed-out',
  EPROTO: 'directory.bad-answer',
};

/** What a socket's failure means to a user. */
export function socketFailure(host: string, error: unknown): OffhookError {
  if (error instanceof OffhookError) return error;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const detail = oneLine(error instanceof Error && error.message !== '' ? error.message : code);
  return new OffhookError(codeOf(code), { values: { host }, detail, cause: error });
}

function codeOf(code: string): ErrorCode {
  if (expired.has(code)) return 'directory.certificate-expired';
  if (wrongName.has(code)) return 'directory.certificate-wrong-name';
  if (untrusted.test(code)) return 'directory.certificate-untrusted';
  // The server speaks no TLS at this port, or none that is safe.
  if (code.startsWith('ERR_SSL')) return 'directory.bad-answer';
  return bySystem[code] ?? 'directory.unreachable';
}
