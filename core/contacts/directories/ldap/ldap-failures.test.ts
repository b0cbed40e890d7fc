import { expect, test } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { resultFailure, socketFailure } from './ldap-failures.ts';

test('a socket’s failure says in one line what the socket said', () => {
  const error = Object.assign(new Error('no\r\nmore'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  expect(socketFailure('ldap.test', error)).toMatchObject({
    code: 'directory.certificate-untrusted',
    values: { host: 'ldap.test' },
    detail: 'no more',
  });
  const silent = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
  expect(socketFailure('ldap.test', silent)).toMatchObject({ code: 'directory.unreachable', detail: 'ECONNREFUSED' });
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
