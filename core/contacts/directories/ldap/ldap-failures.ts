import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import { showLine } from '#core/foundation/index.ts';
import { networkFailure } from '#core/network/index.ts';

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

/** Of what a server says, which is hostile text; it never has the password. In UTF-16 units. */
const mostSaid = 300;

/** @param doing what the server was asked, e.g. `bind` */
export function resultFailure(host: string, doing: string, status: number, message: string): OffhookError {
  const detail = showLine(`LDAP ${doing}: ${status} ${message}`, mostSaid);
  return new OffhookError(byResult.get(status) ?? 'directory.server-failed', { values: { host, status }, detail });
}

/** What a socket's failure means to a user, with what it said beside it. */
export function socketFailure(host: string, error: unknown): OffhookError {
  return networkFailure(host, error, error instanceof Error ? showLine(error.message, mostSaid) : undefined);
}
