import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Certificate {
  /** PEM files. */
  certificate: string;
  key: string;
  /** Both in one file, as baresip wants it. */
  bundle: string;
}

/** Which fault a server's certificate has. */
export type CertificateKind = 'valid' | 'expired' | 'wrong-name';

function openssl(directory: string, ...args: string[]): void {
  execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
}

/** A certificate authority of a test's own, and servers' certificates from it. */
export class TestAuthority {
  /** PEM file of the authority itself; hand it over as `NODE_EXTRA_CA_CERTS`. */
  readonly certificate: string;
  private readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
    this.certificate = path.join(directory, 'authority.pem');
    openssl(
      directory,
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
      ...['-subj', '/CN=Test Authority', '-keyout', 'authority.key', '-out', 'authority.pem'],
      ...['-addext', 'basicConstraints=critical,CA:true', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    );
  }

  /** @param addresses IPv4 addresses the certificate is good for, beside `localhost` */
  issue(kind: CertificateKind, addresses: string[] = ['127.0.0.1']): Certificate {
    const at = (suffix: string) => path.join(this.directory, `${kind}.${suffix}`);
    const names =
      kind === 'wrong-name' ? 'DNS:elsewhere.test' : ['DNS:localhost', ...addresses.map((ip) => `IP:${ip}`)].join(',');
    openssl(
      this.directory,
      ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${kind === 'wrong-name' ? 'elsewhere.test' : 'localhost'}`],
      ...['-keyout', at('key'), '-out', at('csr')],
    );
    writeFileSync(at('ext'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`);
    // `x509 -days` takes −1 for a certificate that ended a day ago.
    openssl(
      this.directory,
      ...['x509', '-req', '-in', at('csr'), '-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial'],
      ...['-days', kind === 'expired' ? '-1' : '30', '-extfile', at('ext'), '-out', at('pem')],
    );
    writeFileSync(at('bundle'), readFileSync(at('pem'), 'utf8') + readFileSync(at('key'), 'utf8'));
    return { certificate: at('pem'), key: at('key'), bundle: at('bundle') };
  }
}
