import { expect, test } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { resultFailure, socketFailure } from './ldap-failures.ts';

test.for([
  ['ENOTFOUND', 'directory.name-not-found'],
  ['EAI_AGAIN', 'directory.name-not-found'],
  ['ECONNREFUSED', 'directory.unreachable'],
  ['EHOSTUNREACH', 'directory.unreachable'],
  ['ETIMEDOUT', 'directory.timed-out'],
  ['CERT_HAS_EXPIRED', 'directory.certificate-expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'directory.certificate-wrong-name'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'directory.certificate-untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'directory.certificate-untrusted'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'directory.bad-answer'],
] as const)('a socket’s %s is %s', ([system, code]) => {
  const failure = socketFailure('ldap.test', Object.assign(new Error('no'), { code: system }));
  expect(failure).toMatchObject({ code, values: { host: 'ldap.test' }, detail: 'no' });
});

test('what has a code already keeps it', () => {
  const failure = new OffhookError('directory.cancelled');
  expect(socketFailure('ldap.test', failure)).toBe(failure);
});

test('what a server says is one bounded line beside its code', () => {
  const failure = resultFailure('ldap.test', 'search', 80, `a\r\n\u202Eb${'c'.repeat(500)}`);
  expect(failure).toMatchObject({ code: 'directory.server-failed', values: { host: 'ldap.test', status: 80 } });
  expect(failure.detail).toMatch(/^LDAP search: 80 a bc+$/);
  expect(failure.detail?.length).toBe(300);
});
