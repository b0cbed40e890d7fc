import tls from 'node:tls';

let context: tls.SecureContext | null = null;

/**
 * Trusts what the system trusts, an office's own authority among it, and what Node brings along (with the file named by
 * NODE_EXTRA_CA_CERTS). Made once: it takes long to read some hundred certificates.
 */
export function trustedCertificates(): tls.SecureContext {
  context ??= tls.createSecureContext({ ca: [...new Set([...certificates('default'), ...certificates('system')])] });
  return context;
}

/** None where this build of Node cannot tell. */
function certificates(kind: 'default' | 'system'): string[] {
  try {
    return tls.getCACertificates(kind);
  } catch {
    // A system whose store cannot be read is no reason to reach no server at all.
    return kind === 'default' ? [...tls.rootCertificates] : [];
  }
}
