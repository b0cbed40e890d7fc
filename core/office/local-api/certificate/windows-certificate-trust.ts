import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CertificateTrust } from './certificate-trust.ts';
import { runProgram, runWell } from './run-program.ts';

export interface WindowsCertificateTrustOptions {
  /** Folder of the system's programs; theirs is meant, whatever else is called so. */
  systemFolder?: string;
  run?: typeof runProgram;
  runWell?: typeof runWell;
}

/** The user's own root store of Windows, by its `certutil`: Windows itself asks before it takes a root. */
export class WindowsCertificateTrust implements CertificateTrust {
  private readonly program: string;
  private readonly run: typeof runProgram;
  private readonly runWell: typeof runWell;

  constructor(options: WindowsCertificateTrustOptions = {}) {
    const folder = options.systemFolder ?? path.win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
    this.program = path.win32.join(folder, 'certutil.exe');
    this.run = options.run ?? runProgram;
    this.runWell = options.runWell ?? runWell;
  }

  async available(): Promise<boolean> {
    return true;
  }

  async add(authority: string): Promise<void> {
    const draft = await mkdtemp(path.join(os.tmpdir(), 'offhook-certificate-'));
    const file = path.join(draft, 'authority.cer');
    try {
      await writeFile(file, authority);
      await this.runWell(this.program, ['-user', '-addstore', 'Root', file]);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  async remove(authority: string): Promise<void> {
    if (await this.has(authority))
      await this.runWell(this.program, ['-user', '-delstore', 'Root', thumbprint(authority)]);
  }

  async has(authority: string): Promise<boolean> {
    const { code } = await this.run(this.program, ['-user', '-verifystore', 'Root', thumbprint(authority)]);
    return code === 0;
  }
}

/** SHA-1 of the certificate, by which Windows finds it. */
function thumbprint(authority: string): string {
  return new X509Certificate(authority).fingerprint.replaceAll(':', '').toLowerCase();
}
