import tls from 'node:tls';
import { expect, it } from 'vitest';
import { trustedCertificates, trustedContext } from './trusted-certificates.ts';

it('trusts whom the system and Node trust, each once', () => {
  const trusted = trustedCertificates();
  expect(trusted).toEqual(expect.arrayContaining(tls.getCACertificates('system')));
  expect(trusted).toEqual(expect.arrayContaining(tls.getCACertificates('extra')));
  expect(trusted).toEqual(expect.arrayContaining([...tls.rootCertificates]));
  expect(new Set(trusted).size).toBe(trusted.length);
});

it('reads them once', () => {
  expect(trustedCertificates()).toBe(trustedCertificates());
  expect(trustedContext()).toBe(trustedContext());
});
