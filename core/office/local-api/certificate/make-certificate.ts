import { randomBytes, webcrypto } from 'node:crypto';

/** PEM texts; `until` in Unix ms. */
export interface LocalCertificate {
  /** What the server shows. */
  certificate: string;
  /** PKCS #8. */
  key: string;
  /** What is put into the user's store of trusted roots. */
  authority: string;
  until: number;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMilliseconds = 24 * 3_600_000;
/** As long as the stores of the systems take a server's certificate for. */
const validDays = 820;

/** DER of a value shorter than 128 bytes. */
const der = (tag: number, ...parts: readonly Uint8Array[]) => {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
};

/**
 * Name constraints (RFC 5280 4.2.1.10) to this very computer: an authority that its user trusts can vouch for nothing
 * else, whoever gets hold of it.
 */
function onlyThisComputer(): Uint8Array<ArrayBuffer> {
  const address = (bytes: readonly number[]) => der(0x30, der(0x87, Buffer.from([...bytes, ...bytes.map(() => 0xff)])));
  const loopback6 = [...Array<number>(15).fill(0), 1];
  return new Uint8Array(
    der(0x30, der(0xa0, der(0x30, der(0x82, Buffer.from('localhost'))), address([127, 0, 0, 1]), address(loopback6))),
  );
}

/**
 * A certificate for `localhost` and the loopback addresses, of an authority made for it alone, whose key is forgotten at
 * once: nobody can issue a second one by it.
 * @param now Unix ms
 */
export async function makeCertificate(now: number): Promise<LocalCertificate> {
  // Loaded when it is wanted: most phones never make one.
  const x509 = await import('@peculiar/x509');
  (x509.cryptoProvider as { set(value: unknown): void }).set(webcrypto);
  const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [authorityPair, pair] = await Promise.all([makeKeys(), makeKeys()]);
  // The same keys by the names of types that a browser has.
  type Keys = Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0]['keys'];
  const [authorityKeys, keys] = [authorityPair as unknown as Keys, pair as unknown as Keys];
  const name = `CN=Offhook on this computer ${randomBytes(4).toString('hex')}`;
  const serialNumber = () => `01${randomBytes(15).toString('hex')}`;
  // A clock that is a little slow on the other side must not find it too young.
  const notBefore = new Date(now - dayMilliseconds);
  const notAfter = new Date(now + validDays * dayMilliseconds);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ serialNumber: serialNumber(), name, notBefore, notAfter, keys: authorityKeys, signingAlgorithm: algorithm },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.Extension('2.5.29.30', true, onlyThisComputer()),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...{ serialNumber: serialNumber(), subject: 'CN=localhost', issuer: name, notBefore, notAfter },
    ...{ publicKey: keys.publicKey, signingKey: authorityKeys.privateKey, signingAlgorithm: algorithm },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey));
  return {
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
    authority: authority.toString('pem'),
    until: notAfter.getTime(),
  };
}
