import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A self-signed certificate made for one test run, PEM. */
export function makeCertificate(names: readonly string[]): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-certificate-'));
  try {
    const alternative = names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
    execFileSync(
      'openssl',
      // prettier-ignore
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem',
        '-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${alternative}`, '-days', '2'],
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
