import { OffhookError } from '#contract/errors.ts';
import type { CertificateTrust } from './certificate-trust.ts';

/** A store of roots for tests. */
export class MemoryCertificateTrust implements CertificateTrust {
  readonly authorities = new Set<string>();
  /** Set to play a user who says no. */
  refuses = false;

  async available(): Promise<boolean> {
    return true;
  }

  async add(authority: string): Promise<void> {
    if (this.refuses) throw new OffhookError('local-api.trust-failed');
    this.authorities.add(authority);
  }

  async remove(authority: string): Promise<void> {
    if (this.refuses) throw new OffhookError('local-api.trust-failed');
    this.authorities.delete(authority);
  }

  async has(authority: string): Promise<boolean> {
    return this.authorities.has(authority);
  }
}
