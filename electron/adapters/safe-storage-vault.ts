import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { OffhookError } from '#contract/errors.ts';
import type { SecretRequest } from '../messages.ts';

/** The part of Electron's safeStorage that is used. */
export interface Encryption {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/** On Linux without a key ring Electron encrypts with a fixed password (`basic_text`): that is no key store. */
export function hasKeyStore(encryption: Encryption, platform: NodeJS.Platform): boolean {
  if (!encryption.isEncryptionAvailable()) return false;
  return platform !== 'linux' || encryption.getSelectedStorageBackend?.() !== 'basic_text';
}

/** Secrets in a file, each encrypted with a key that the system's key store guards. Main process only. */
export class SafeStorageVault {
  private readonly encryption: Encryption;
  private readonly file: string;

  constructor(encryption: Encryption, file: string) {
    this.encryption = encryption;
    this.file = file;
  }

  carryOut(request: SecretRequest): string | null {
    const secrets = this.read();
    switch (request.operation) {
      case 'get': {
        const encrypted = secrets[request.name];
        return encrypted === undefined ? null : this.decrypt(encrypted);
      }
      case 'set':
        secrets[request.name] = this.encryption.encryptString(request.value).toString('base64');
        this.write(secrets);
        return null;
      case 'delete':
        delete secrets[request.name];
        this.write(secrets);
        return null;
    }
  }

  private decrypt(encrypted: string): string {
    try {
      return this.encryption.decryptString(Buffer.from(encrypted, 'base64'));
    } catch (error) {
      throw new OffhookError('secrets.unreadable', { cause: error });
    }
  }

  private read(): Record<string, string> {
    try {
      return Object.assign(Object.create(null) as Record<string, string>, JSON.parse(readFileSync(this.file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Object.create(null) as Record<string, string>;
      throw new OffhookError('secrets.unreadable', { cause: error });
    }
  }

  private write(secrets: Record<string, string>): void {
    const draft = `${this.file}.new`;
    try {
      writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600 });
      chmodSync(draft, 0o600);
      renameSync(draft, this.file);
    } catch (error) {
      throw new OffhookError('settings.not-saved', { cause: error });
    }
  }
}
