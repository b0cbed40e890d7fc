import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { MemoryJsonDocument } from '#core/settings/memory-json-document.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { LocalCertificates } from './local-certificates.ts';
import { makeCertificate } from './make-certificate.ts';
import { MemoryCertificateTrust } from './memory-certificate-trust.ts';
import { WindowsCertificateTrust } from './windows-certificate-trust.ts';

const day = 24 * 3_600_000;

function openCertificates(trust = new MemoryCertificateTrust()) {
  const [document, clock] = [new MemoryJsonDocument(), new FakeClock(Date.now())];
  const { secrets } = createMemoryStores();
  const open = () => new LocalCertificates({ document, secrets, trust, clock, logger: silentLogger });
  return { document, clock, secrets, trust, open, certificates: open() };
}

describe('the certificate of the secure port', () => {
  it('is good for this computer, by its authority, and for nothing else', async () => {
    const { certificate, authority, key } = await makeCertificate(Date.now());
    const [leaf, root] = [new X509Certificate(certificate), new X509Certificate(authority)];
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect(leaf.checkHost('localhost')).toBe('localhost');
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.checkHost('bank.example')).toBeUndefined();
    const server = https.createServer({ cert: certificate, key }, (_request, response) => response.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise((resolve, reject) =>
      https.get({ host: 'localhost', port, ca: authority, family: 4, agent: false }, resolve).on('error', reject),
    );
    expect(answer).toMatchObject({ statusCode: 200 });
    (answer as { resume(): void }).resume();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is of an authority that OpenSSL does not let vouch for anybody else', async () => {
    const { authority } = await makeCertificate(Date.now());
    const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-certificate-'));
    try {
      writeFileSync(path.join(folder, 'ca.pem'), authority);
      const text = execFileSync('openssl', ['x509', '-in', 'ca.pem', '-noout', '-text'], { cwd: folder }).toString();
      expect(text).toMatch(/Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+IP:127\.0\.0\.1/);
      expect(text).toMatch(/CA:TRUE, pathlen:0/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is made and trusted when the user says so, and there after a start', async () => {
    const { certificates, open, trust, document, secrets } = openCertificates();
    await certificates.load();
    expect(certificates.status).toEqual({ certificate: 'none', certificateUntil: null, canTrust: true });
    await certificates.trust();
    expect(certificates.status.certificate).toBe('trusted');
    expect([...trust.authorities]).toEqual([certificates.current!.authority]);
    expect(JSON.stringify(document.value)).not.toContain('PRIVATE KEY');
    expect(await secrets.get('local-api:key')).toContain('PRIVATE KEY');
    const next = open();
    await next.load();
    expect([next.status, next.current]).toEqual([certificates.status, certificates.current]);
  });

  it('stays made when the user says no to the system, and may be trusted later', async () => {
    const { certificates, trust } = openCertificates();
    trust.refuses = true;
    await expect(certificates.trust()).rejects.toThrow('local-api.trust-failed');
    expect(certificates.status.certificate).toBe('made');
    const { authority } = certificates.current!;
    trust.refuses = false;
    await certificates.trust();
    expect([...trust.authorities]).toEqual([authority]);
  });

  it('leaves nothing behind when it is removed', async () => {
    const { certificates, trust, document, secrets } = openCertificates();
    await certificates.trust();
    await certificates.remove();
    expect([trust.authorities.size, document.value, await secrets.get('local-api:key')]).toEqual([0, {}, null]);
    expect(certificates.status.certificate).toBe('none');
  });

  it('is shown no more when its time is over, and another one is made then', async () => {
    const { certificates, clock } = openCertificates();
    await certificates.trust();
    const before = certificates.current!.certificate;
    clock.advance(821 * day);
    expect([certificates.current, certificates.status.certificate]).toEqual([null, 'none']);
    await certificates.trust();
    expect(certificates.current!.certificate).not.toBe(before);
  });
});

it('Windows is asked by its own certutil, each word as an argument', async () => {
  const { authority } = await makeCertificate(Date.now());
  const thumbprint = new X509Certificate(authority).fingerprint.replaceAll(':', '').toLowerCase();
  const ran: string[][] = [];
  const run = async (program: string, args: readonly string[]) => {
    ran.push([program, ...args.map((arg) => arg.replace(/^.*authority\.cer$/, 'FILE'))]);
    return { code: 0, output: '' };
  };
  const trust = new WindowsCertificateTrust({
    systemFolder: 'C:\\Windows\\System32',
    run,
    runWell: async (program, args) => (await run(program, args)).output,
  });
  await trust.add(authority);
  await trust.remove(authority);
  expect(ran).toEqual([
    ['C:\\Windows\\System32\\certutil.exe', '-user', '-addstore', 'Root', 'FILE'],
    ['C:\\Windows\\System32\\certutil.exe', '-user', '-verifystore', 'Root', thumbprint],
    ['C:\\Windows\\System32\\certutil.exe', '-user', '-delstore', 'Root', thumbprint],
  ]);
});
