import { MemoryCertificateTrust } from '#core/office/local-api/certificate/memory-certificate-trust.ts';
import type { CertificateTrust } from '#core/office/local-api/certificate/certificate-trust.ts';
import { NssCertificateTrust } from '#core/office/local-api/certificate/nss-certificate-trust.ts';
import { WindowsCertificateTrust } from '#core/office/local-api/certificate/windows-certificate-trust.ts';

/** The store of roots that this system's browsers and Office trust. */
export function certificateTrust(platform: NodeJS.Platform = process.platform): CertificateTrust {
  if (platform === 'win32') return new WindowsCertificateTrust();
  if (platform === 'linux') return new NssCertificateTrust();
  // Elsewhere the administrator gives it to the computers.
  return Object.assign(new MemoryCertificateTrust(), { available: async () => false });
}
