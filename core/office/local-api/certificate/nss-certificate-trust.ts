import { X509Certificate } from 'node:crypto';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CertificateTrust } from './certificate-trust.ts';
import { runProgram, runWell } from './run-program.ts';

/** Chromium, Chrome and Edge on Linux: an NSS database in the user's home, changed by NSS's own `certutil`. */
export class NssCertificateTrust implements CertificateTrust {
  private readonly folder: string;
  private readonly program: string;

  constructor(options: { home?: string; program?: string } = {}) {
    this.folder = path.join(options.home ?? os.homedir(), '.pki', 'nssdb');
    this.program = options.program ?? 'certutil';
  }

  async available(): Promise<boolean> {
    // Every call needs a command; without one NSS's certutil explains itself, and other programs of the name fail.
    return await runProgram(this.program, ['-H']).then(
      ({ output }) => output.includes('nssdb') || output.includes('-A'),
      () => false,
    );
  }

  async add(authority: string): Promise<void> {
    await this.prepare();
    const draft = await mkdtemp(path.join(os.tmpdir(), 'offhook-certificate-'));
    const file = path.join(draft, 'authority.pem');
    try {
      await writeFile(file, authority);
      // C: may vouch for servers; for nothing else.
      await runWell(this.program, ['-A', '-d', this.database, '-n', nameOf(authority), '-t', 'C,,', '-i', file]);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  async remove(authority: string): Promise<void> {
    if (await this.has(authority)) await runWell(this.program, ['-D', '-d', this.database, '-n', nameOf(authority)]);
  }

  async has(authority: string): Promise<boolean> {
    const { code } = await runProgram(this.program, ['-L', '-d', this.database, '-n', nameOf(authority)]);
    return code === 0;
  }

  private get database(): string {
    return `sql:${this.folder}`;
  }

  private async prepare(): Promise<void> {
    const isThere = await access(path.join(this.folder, 'cert9.db')).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await runWell(this.program, ['-N', '-d', this.database, '--empty-password']);
  }
}

/** Each authority has a name of its own. */
function nameOf(authority: string): string {
  return new X509Certificate(authority).subject.replace(/^CN=/, '');
}
