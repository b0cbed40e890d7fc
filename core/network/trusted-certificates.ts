import tls from 'node:tls';

let certificates: readonly string[] | null = null;
let context: tls.SecureContext | null = null;

/**
 * PEM of whom the system trusts, an office's own authority among them, and of whom Node brings along (with the file
 * named by NODE_EXTRA_CA_CERTS). Read once.
 */
export function trustedCertificates(): readonly string[] {
  certificates ??= [...new Set([...read('default'), ...read('system')])];
  return certificates;
}

/** Trusts those. Made once: it takes long to read some hundred certificates. */
export function trustedContext(): tls.SecureContext {
  context ??= tls.createSecureContext({ ca: [...trustedCertificates()] });
  return context;
}

/** None where this build of Node cannot tell. */
function read(kind: 'default' | 'system'): readonly string[] {
  try {
    return tls.getCACertificates(kind);
  } catch {
    // A system whose store cannot be read is no reason to reach no server at all.
    return kind === 'default' ? tls.rootCertificates : [];
  }
}
