import { expect, test } from 'vitest';
import { formatChallenge, parseChallenge, strongestChallenge } from './challenge.ts';
import { digestResponse } from './digest-credentials.ts';

// RFC 7616 3.9.1's example, in both of its algorithms.
const example = {
  realm: 'http-auth@example.org',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  qop: 'auth' as const,
};
const input = {
  username: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  count: 1,
};

test.each([
  ['MD5' as const, '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256' as const, '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
])("RFC 7616's example for %s", (algorithm, response) => {
  expect(digestResponse({ ...example, algorithm }, input)).toBe(response);
});

test('without qop it is the digest of RFC 2069', () => {
  const challenge = {
    algorithm: 'MD5' as const,
    realm: 'testrealm@host.com',
    nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    qop: null,
  };
  const answer = digestResponse(challenge, { ...input, password: 'Circle Of Life' });
  expect(answer).toBe('670fd8c2df070c60b045671b8b24ff02');
});

test.each([
  ['Digest realm="r", nonce="n"', { algorithm: 'MD5', qop: null, stale: false }],
  [
    'DIGEST algorithm="SHA-256",qop="auth-int, auth",nonce="n",realm="a \\"b\\"",stale=TRUE',
    { algorithm: 'SHA-256', qop: 'auth', stale: true, realm: 'a "b"' },
  ],
  ['Digest realm="", nonce=n, algorithm=md5', { algorithm: 'MD5', realm: '' }],
])('%s is read', (value, wanted) => {
  expect(parseChallenge(value)).toMatchObject(wanted);
  expect(parseChallenge(formatChallenge(parseChallenge(value)!))).toEqual(parseChallenge(value));
});

test.each([
  ['Basic realm="r"'],
  ['Digest realm="r"'],
  ['Digest nonce="n"'],
  ['Digest realm="r", nonce="n", algorithm=AKAv1-MD5'],
  ['Digest realm="r", nonce="n", qop="auth-int"'],
  [''],
])('%s cannot be answered', (value) => {
  expect(parseChallenge(value)).toBeNull();
  expect(strongestChallenge([value])).toBeNull();
});
