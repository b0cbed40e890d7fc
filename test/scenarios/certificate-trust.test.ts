import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeCertificate } from '#core/office/local-api/certificate/make-certificate.ts';
import { NssCertificateTrust } from '#core/office/local-api/certificate/nss-certificate-trust.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'offhook-home-'));
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('the store of Chromium on Linux takes an authority of Offhook’s, knows it, and lets it go without a trace', async () => {
  const trust = new NssCertificateTrust({ home });
  expect(await trust.available()).toBe(true);
  const [first, second] = [await makeCertificate(Date.now()), await makeCertificate(Date.now())];
  expect(await trust.has(first.authority)).toBe(false);
  await trust.add(first.authority);
  await trust.add(second.authority);
  expect([await trust.has(first.authority), await trust.has(second.authority)]).toEqual([true, true]);
  await trust.remove(first.authority);
  await trust.remove(first.authority);
  expect([await trust.has(first.authority), await trust.has(second.authority)]).toEqual([false, true]);
});

test('a computer without that program says that it cannot', async () => {
  expect(await new NssCertificateTrust({ home, program: 'offhook-no-such-program' }).available()).toBe(false);
});
