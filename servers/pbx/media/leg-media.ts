import { randomBytes } from 'node:crypto';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { CodecName, MediaDirection } from '#core/media/index.ts';
import { AudioStream, bindRtpSocketPair, UdpRtpTransport, type PortRange } from '#core/media/rtp/index.ts';
import { narrowOffer } from './narrow-offer.ts';
import { AudioNegotiation, parseSessionDescription, readAudio, type NegotiatedAudio, type NegotiationOptions } from '#core/media/sdp/index.ts';
import { WebRtcTransport, type DtlsCertificate } from '#core/media/webrtc/index.ts';

export type MediaSecurity = 'rtp' | 'srtp' | 'webrtc';

/** All that we can pass on; nothing is transcoded. */
export const allCodecs: readonly CodecName[] = ['opus', 'G722', 'PCMA', 'PCMU'];

export interface LegMediaOptions {
  clock: Clock;
  /** Local address for sockets and SDP. */
  address: string;
  ports: PortRange;
  certificate: DtlsCertificate;
  security: MediaSecurity;
  codecs: readonly CodecName[];
}

/** What an offer asks for; throws an `OffhookError` `call.media-not-acceptable` when nothing in it is of use. */
export function describeOffer(sdp: string): { security: MediaSecurity; codecs: CodecName[] } {
  const audio = readAudio(parseSessionDescription(sdp));
  const codecs = audio.formats.flatMap(({ name }) => (name === 'telephone-event' ? [] : [name]));
  return { security: audio.protocol.startsWith('UDP/TLS') ? 'webrtc' : audio.secure ? 'srtp' : 'rtp', codecs };
}

/**
 * One party's audio in a call through the exchange: its socket, its offer/answer, its stream. The codec is settled with
 * the first answer and kept, because the other party speaks it too.
 */
export class LegMedia implements Disposable {
  readonly stream: AudioStream;
  readonly security: MediaSecurity;
  private readonly transport: UdpRtpTransport | WebRtcTransport;
  private readonly negotiation: AudioNegotiation;
  // The negotiation reads this list anew for each offer it answers.
  private readonly codecs: CodecName[];
  private readonly direction = new Emitter<MediaDirection>();
  private readonly ready = new Emitter<void>();
  private disposed = false;
  readonly onDirection = this.direction.event;

  static async open(options: LegMediaOptions): Promise<LegMedia> {
    const { address, clock, certificate, ports } = options;
    const transport =
      options.security === 'webrtc'
        ? await WebRtcTransport.open({ address, certificate, randomBytes })
        : new UdpRtpTransport(await bindRtpSocketPair(address, ports, Math.random), clock);
    return new LegMedia(options, transport);
  }

  private constructor(options: LegMediaOptions, transport: UdpRtpTransport | WebRtcTransport) {
    this.transport = transport;
    this.security = options.security;
    this.codecs = [...options.codecs];
    const common = { codecs: this.codecs, security: options.security, address: options.address, randomBytes };
    const where: Pick<NegotiationOptions, 'port' | 'rtcpPort' | 'webRtc'> =
      transport instanceof WebRtcTransport
        ? { port: transport.own.port, rtcpPort: transport.own.port, webRtc: transport.own }
        : { port: transport.port, rtcpPort: transport.rtcpPort };
    this.negotiation = new AudioNegotiation({ ...common, ...where });
    this.stream = new AudioStream({ transport, clock: options.clock, randomBytes, cname: randomBytes(6).toString('hex') });
    if (transport instanceof WebRtcTransport)
      transport.onState = (state) => {
        if (state === 'connected') this.ready.fire();
      };
  }

  get negotiated(): NegotiatedAudio | null {
    return this.negotiation.negotiated;
  }

  get codec(): CodecName | null {
    return this.negotiated?.codec ?? null;
  }

  /** The far end keeps us from sending: it has put the call on hold. */
  get heldByFarEnd(): boolean {
    const direction = this.negotiated?.direction;
    return direction === 'recvonly' || direction === 'inactive';
  }

  createOffer(direction: MediaDirection): string {
    const offer = this.negotiation.createOffer(direction);
    return this.codec === null ? offer : narrowOffer(offer, this.codec);
  }

  /** Throws an `OffhookError` `call.media-not-acceptable` and leaves everything as it was. */
  createAnswer(offer: string, direction: MediaDirection): string {
    const { sdp, negotiated } = this.negotiation.createAnswer(offer, direction);
    this.apply(negotiated);
    return sdp;
  }

  applyAnswer(answer: string): void {
    this.apply(this.negotiation.applyAnswer(answer));
  }

  rollback(): void {
    this.negotiation.rollback();
  }

  /** Runs when audio can flow: at once, or for WebRTC after ICE and DTLS. */
  whenReady(run: () => void): void {
    if (!(this.transport instanceof WebRtcTransport) || this.transport.state === 'connected') return run();
    this.ready.event(run);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.stream.dispose();
    this.transport.dispose();
    this.direction.dispose();
    this.ready.dispose();
  }

  private apply(negotiated: NegotiatedAudio): void {
    if (this.transport instanceof WebRtcTransport) {
      // We are ICE-lite and passive; only a far end that is passive itself makes us the DTLS client.
      const remote = negotiated.webRtc;
      if (remote) this.transport.setRemote(remote, remote.setup === 'passive' ? 'client' : 'server');
    } else this.transport.setRemote(negotiated);
    this.codecs.splice(0, this.codecs.length, negotiated.codec);
    this.stream.configure(negotiated);
    this.stream.sendEnabled = negotiated.direction === 'sendrecv' || negotiated.direction === 'sendonly';
    this.direction.fire(negotiated.direction);
  }
}
