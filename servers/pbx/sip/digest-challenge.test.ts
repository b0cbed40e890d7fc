import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { DigestChallenge, type DigestAlgorithm } from './digest-challenge.ts';

const hash = (algorithm: DigestAlgorithm, text: string) => createHash(algorithm === 'MD5' ? 'md5' : 'sha256').update(text).digest('hex');
const uri = 'sip:pbx.example';

function setUp() {
  const clock = new FakeClock();
  const secrets = new Map([
    ['101', 'secret'],
    ['102', ''],
  ]);
  const stored = { sha256: hash('SHA-256', '103:offhook:hidden') };
  const digest = new DigestChallenge({
    realm: 'offhook',
    clock,
    algorithms: ['SHA-256', 'MD5'],
    secretOf: (user) => (user === '103' ? stored : (secrets.get(user) ?? null)),
  });
  const nonceOf = () => /nonce="([^"]+)"/.exec(digest.challenges(false)[0]!)![1]!;
  const credentials = (user: string, password: string, options: { nonce?: string; count?: number; algorithm?: DigestAlgorithm; uri?: string } = {}) => {
    const { nonce = nonceOf(), count = 1, algorithm = 'SHA-256' } = options;
    const nc = count.toString(16).padStart(8, '0');
    const response = hash(algorithm, `${hash(algorithm, `${user}:offhook:${password}`)}:${nonce}:${nc}:abc:auth:${hash(algorithm, `REGISTER:${options.uri ?? uri}`)}`);
    return `Digest username="${user}", realm="offhook", nonce="${nonce}", uri="${options.uri ?? uri}", response="${response}", algorithm=${algorithm}, cnonce="abc", nc=${nc}, qop=auth`;
  };
  const check = (...values: string[]) => digest.check({ method: 'REGISTER', requestUri: uri, credentials: values });
  return { clock, digest, nonceOf, credentials, check };
}

describe('digest', () => {
  it('takes the right password in either algorithm, and a stored digest in its own', () => {
    const { credentials, check } = setUp();
    for (const algorithm of ['SHA-256', 'MD5'] as const) expect(check(credentials('101', 'secret', { algorithm }))).toEqual({ kind: 'right', user: '101' });
    expect(check(credentials('103', 'hidden'))).toEqual({ kind: 'right', user: '103' });
    expect(check(credentials('103', 'hidden', { algorithm: 'MD5' }))).toEqual({ kind: 'wrong', user: '103' });
  });

  it('calls a wrong password and an unknown user the same', () => {
    const { credentials, check } = setUp();
    expect(check(credentials('101', 'Secret'))).toEqual({ kind: 'wrong', user: '101' });
    expect(check(credentials('999', 'secret'))).toEqual({ kind: 'wrong', user: '999' });
  });

  it('takes each count of a nonce once, in any order', () => {
    const { credentials, check, nonceOf } = setUp();
    const nonce = nonceOf();
    for (const count of [2, 1, 3]) expect(check(credentials('101', 'secret', { nonce, count })).kind).toBe('right');
    for (const count of [1, 2, 3]) expect(check(credentials('101', 'secret', { nonce, count })).kind).toBe('stale');
  });

  it('asks anew when the nonce is old or not its own', () => {
    const { clock, credentials, check, nonceOf } = setUp();
    const nonce = nonceOf();
    clock.advance(300_001);
    expect(check(credentials('101', 'secret', { nonce }))).toEqual({ kind: 'stale' });
    const now = nonceOf();
    expect(check(credentials('101', 'secret', { nonce: now.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) }))).toEqual({ kind: 'stale' });
    expect(check(credentials('101', 'secret', { nonce: setUp().nonceOf() }))).toEqual({ kind: 'stale' });
  });

  it('says nothing of a password tried with a nonce that is not its own', () => {
    const { credentials, check } = setUp();
    const nonce = 'made.up';
    expect(check(credentials('101', 'wrong', { nonce }))).toEqual(check(credentials('101', 'secret', { nonce })));
  });

  it('refuses credentials made for another request', () => {
    const { credentials, check } = setUp();
    expect(check(credentials('101', 'secret', { uri: 'sip:other.example' }))).toMatchObject({ kind: 'malformed' });
  });

  it('takes a uri that leaves parameters out', () => {
    const { credentials, check } = setUp();
    expect(check(credentials('101', 'secret', { uri: `${uri};transport=udp` })).kind).toBe('right');
  });

  it('skips credentials of another realm and reads the user as the check does, escapes and all', () => {
    const { credentials, check, digest } = setUp();
    const foreign = credentials('101', 'secret').replace('realm="offhook"', 'realm="elsewhere"');
    expect(check(foreign)).toEqual({ kind: 'none' });
    expect(check(foreign, credentials('101', 'secret'))).toEqual({ kind: 'right', user: '101' });
    const escaped = credentials('101', 'wrong').replace('username="101"', 'username="1\\01"');
    expect(check(escaped)).toEqual({ kind: 'wrong', user: '101' });
    expect(digest.userOf([foreign, escaped])).toBe('101');
  });

  it('never fails otherwise than by a verdict, and never lets garbage through', () => {
    const { check, credentials } = setUp();
    const whole = credentials('101', 'secret');
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, cut, put) => {
        const damaged = whole.slice(0, at) + put + whole.slice(at + cut);
        const verdict = check(damaged);
        if (verdict.kind === 'right') expect(verdict.user).toBe('101');
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.string(), (text) => void expect(check(`Digest ${text}`).kind).not.toBe('right')));
  });
});
