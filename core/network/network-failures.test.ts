import { expect, it, test } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { networkFailure } from './network-failures.ts';

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
  ['CERT_REVOKED', 'directory.certificate-untrusted'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'directory.bad-answer'],
  ['EPROTO', 'directory.bad-answer'],
  ['HPE_INVALID_CONSTANT', 'directory.bad-answer'],
  ['toString', 'directory.unreachable'],
] as const)('%s is %s, without the secret in its message', ([system, code]) => {
  const error = Object.assign(new Error('http://user:secret@host'), { code: system });
  const failure = networkFailure('host', error);
  expect(failure).toMatchObject({ code, values: { host: 'host' }, detail: system });
  expect(failure.message).not.toContain('secret');
});

it('says the kind of an error that the system gave no code', () => {
  expect(networkFailure('host', new TypeError('secret'))).toMatchObject({
    code: 'directory.unreachable',
    detail: 'TypeError',
  });
  expect(networkFailure('host', null).detail).toBeNull();
});

it('says what is known better', () => {
  const error = Object.assign(new Error('no'), { code: 'ECONNRESET' });
  expect(networkFailure('host', error, 'the connection was closed').detail).toBe('the connection was closed');
});

test('what has a code already keeps it', () => {
  const failure = new OffhookError('directory.cancelled');
  expect(networkFailure('host', failure)).toBe(failure);
});
