import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A certificate made for one test run. `days` below zero makes one that has expired. */
export function makeCertificate(
  names: readonly string[],
  validity: { from?: string; to?: string } = {},
): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-certificate-'));
  try {
    const alternative = names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
    const dates = validity.to
      ? ['-not_before', validity.from ?? '20200101000000Z', '-not_after', validity.to]
      : ['-days', '2'];
    execFileSync(
      'openssl',
      // prettier-ignore
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem',
        '-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${alternative}`, ...dates],
      { cwd: folder, stdio: 'pipe' },
    );
    return {
      key: readFileSync(path.join(folder, 'key.pem'), 'utf8'),
      cert: readFileSync(path.join(folder, 'cert.pem'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
