import { toReport } from '#contract/errors.ts';
import type { Clock, Disposable } from '#core/foundation/index.ts';
import { bindRtpSocketPair, type PortRange, type RtpSocketPair } from '../rtp/rtp-socket-pair.ts';
import type { SrtpMaster } from '../rtp/srtp-keys.ts';
import type { NegotiatedAudio } from '../sdp/audio-negotiation.ts';
import { createDtlsCertificate, type DtlsCertificate } from '../webrtc/dtls-session.ts';
import { RelayCall } from './relay-call.ts';
import type { FromRelay, ToRelay } from './relay-protocol.ts';

export interface RelayOptions {
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  /** From 0 to below 1. */
  random: () => number;
  portRange: PortRange;
  post: (message: FromRelay) => void;
}

/** The relay: all calls' media, driven by messages. Runs in the worker, and as well anywhere else. */
export class Relay implements Disposable {
  private readonly options: RelayOptions;
  private readonly reserved = new Map<number, RtpSocketPair>();
  private readonly calls = new Map<number, RelayCall>();
  private readonly certificate: Promise<DtlsCertificate>;
  private nextId = 1;

  constructor(options: RelayOptions) {
    this.options = options;
    this.certificate = createDtlsCertificate();
    this.certificate.then(
      () => options.post({ kind: 'ready' }),
      // Without a certificate there is no way to a window, but RTP and the synthetic endpoint work.
      () => options.post({ kind: 'ready' }),
    );
  }

  handle(message: ToRelay): void {
    if (message.kind === 'reserve') return void this.reserve(message.address, message.count);
    if (message.kind === 'open') return this.open(message);
    if (message.kind === 'stop') return this.dispose();
    const call = this.calls.get(message.legId);
    if (message.kind === 'endpoint-offer') this.reply(message.requestId, call?.answerWindow(message.offer));
    else if (message.kind === 'digits') this.reply(message.requestId, call?.sendDigits(message.digits));
    else if (message.kind === 'negotiated') call?.negotiated(revive(message.media));
    else if (message.kind === 'gate') call?.setGate(message.held, message.muted);
    else if (message.kind === 'tone') call?.setTone(message.frequency);
    else {
      call?.dispose();
      this.calls.delete(message.legId);
    }
  }

  dispose(): void {
    for (const call of this.calls.values()) call.dispose();
    for (const pair of this.reserved.values()) pair.close();
    this.calls.clear();
    this.reserved.clear();
  }

  private async reserve(address: string, count: number): Promise<void> {
    const { portRange, random, post } = this.options;
    for (let i = 0; i < count; i++) {
      try {
        const pair = await bindRtpSocketPair(address, portRange, random);
        const id = this.nextId++;
        this.reserved.set(id, pair);
        post({ kind: 'reserved', ports: { id, address, port: pair.rtp.port, rtcpPort: pair.rtcp.port } });
      } catch (error) {
        return post({
          kind: 'reserve-failed',
          address,
          detail: error instanceof Error ? error.message : String(error),
        });
      }
    }
  }

  private open({ legId, portsId, endpoint }: Extract<ToRelay, { kind: 'open' }>): void {
    const pair = this.reserved.get(portsId);
    if (!pair) return;
    this.reserved.delete(portsId);
    const { clock, randomBytes, post } = this.options;
    this.calls.set(
      legId,
      new RelayCall({ legId, pair, endpoint, clock, randomBytes, certificate: this.certificate, report: post }),
    );
  }

  private reply(requestId: number, result: Promise<string | void> | undefined): void {
    const { post } = this.options;
    if (!result)
      return post({ kind: 'refusal', requestId, error: { code: 'audio.failed', values: {}, detail: 'no such call' } });
    result.then(
      (value) => post({ kind: 'reply', requestId, result: value ?? null }),
      (error: unknown) => post({ kind: 'refusal', requestId, error: toReport(error) }),
    );
  }
}

/** Structured clone makes plain byte arrays of buffers. */
function revive(media: NegotiatedAudio): NegotiatedAudio {
  const master = ({ profile, key, salt }: SrtpMaster): SrtpMaster => ({
    profile,
    key: Buffer.from(key),
    salt: Buffer.from(salt),
  });
  return { ...media, srtp: media.srtp && { send: master(media.srtp.send), receive: master(media.srtp.receive) } };
}
