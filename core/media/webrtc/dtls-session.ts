import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { DtlsClient, DtlsServer, RTCDtlsTransport, type RTCCertificate } from 'werift';
import type { SrtpMaster, SrtpProfile } from '../rtp/srtp-keys.ts';
import { srtpSizes } from '../rtp/srtp-keys.ts';

/** A self-signed certificate for DTLS, made once a process. */
export interface DtlsCertificate {
  readonly certificate: RTCCertificate;
  readonly fingerprints: { algorithm: string; value: string }[];
}

/** Takes some tens of milliseconds: to be called ahead of the first call. */
export async function createDtlsCertificate(): Promise<DtlsCertificate> {
  const certificate = await RTCDtlsTransport.SetupCertificate();
  const der = new X509Certificate(certificate.certPem).raw;
  return { certificate, fingerprints: [{ algorithm: 'sha-256', value: fingerprintOf(der, 'sha-256') }] };
}

export interface DtlsKeys {
  send: SrtpMaster;
  receive: SrtpMaster;
}

export interface DtlsSessionOptions {
  role: 'server' | 'client';
  certificate: DtlsCertificate;
  remoteFingerprints: readonly { algorithm: string; value: string }[];
  send: (data: Buffer) => void;
  onKeys: (keys: DtlsKeys) => void;
  /** `closed`: the far end said good-bye. `failed`: the handshake did not come about, or the certificate was another. */
  onEnd: (reason: 'closed' | 'failed', error: unknown) => void;
}

// RFC 5764 4.1.2 and RFC 7714 14.2.
const profiles: Record<number, SrtpProfile> = { 1: 'AES_CM_128_HMAC_SHA1_80', 7: 'AEAD_AES_128_GCM' };

/**
 * One DTLS-SRTP handshake (RFC 5764) by werift. werift does not check the client's CertificateVerify, so what it is
 * handed must come from a source that proved the ICE password: `WebRtcTransport` sees to that.
 */
export class DtlsSession {
  private readonly socket: DtlsServer | DtlsClient;
  private readonly options: DtlsSessionOptions;
  private readonly transport;
  private ended = false;

  constructor(options: DtlsSessionOptions) {
    this.options = options;
    this.transport = {
      type: 'offhook',
      address: {} as never,
      onData: (_data: Buffer) => {},
      send: async (data: Buffer) => {
        if (!this.ended) options.send(data);
      },
      close: async () => {},
      closed: false,
    };
    const { certificate } = options.certificate;
    const settings = {
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      transport: this.transport,
      srtpProfiles: [1, 7] as (1 | 7)[],
      extendedMasterSecret: true,
    };
    this.socket =
      options.role === 'server' ? new DtlsServer({ ...settings, certificateRequest: true }) : new DtlsClient(settings);
    this.socket.onConnect.subscribe(() => this.connected());
    this.socket.onError.subscribe((error) => this.end('failed', error));
    this.socket.onClose.subscribe(() => this.end('closed', null));
  }

  /** The client's first flight; a server waits. */
  start(): void {
    if (this.socket instanceof DtlsClient) this.socket.connect().catch((error: unknown) => this.end('failed', error));
  }

  /** False when the bytes are not DTLS. */
  receive(data: Buffer): boolean {
    if (this.ended) return true;
    try {
      this.transport.onData(data);
      return true;
    } catch {
      // werift parses the outer record without a guard.
      return false;
    }
  }

  close(): void {
    this.ended = true;
    // werift goes on retransmitting a flight until it sees a later one; there is no other way to stop its timer.
    this.socket.dtls.flight = 99;
  }

  private end(reason: 'closed' | 'failed', error: unknown): void {
    if (this.ended) return;
    this.close();
    this.options.onEnd(reason, error);
  }

  private connected(): void {
    if (this.ended) return;
    const { remoteCertificate } = this.socket;
    const profile = profiles[this.socket.srtp.srtpProfile ?? 0];
    if (!remoteCertificate || !matches(remoteCertificate, this.options.remoteFingerprints)) {
      return this.end('failed', new Error('the DTLS certificate is not the one of the SDP'));
    }
    if (!profile) return this.end('failed', new Error('no SRTP profile in common'));
    const { key, salt } = srtpSizes[profile];
    const keys = this.socket.extractSessionKeys(key, salt);
    this.options.onKeys({
      send: { profile, key: keys.localKey, salt: keys.localSalt },
      receive: { profile, key: keys.remoteKey, salt: keys.remoteSalt },
    });
  }
}

function matches(certificate: Buffer, fingerprints: DtlsSessionOptions['remoteFingerprints']): boolean {
  return fingerprints.some(({ algorithm, value }) => {
    // RFC 8122 5: MD5 and MD2 must not be used; SHA-1 no longer should.
    if (!/^sha-(256|384|512)$/.test(algorithm)) return false;
    const actual = Buffer.from(fingerprintOf(certificate, algorithm));
    const expected = Buffer.from(value.toUpperCase());
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  });
}

function fingerprintOf(der: Buffer, algorithm: string): string {
  const hex = createHash(algorithm.replace('-', '')).update(der).digest('hex').toUpperCase();
  return hex.match(/../g)!.join(':');
}
