import type { RemoteInfo } from 'node:dgram';
import type { Disposable } from '#core/foundation/index.ts';
import { demultiplex } from '../rtp/rtp-packet.ts';
import { createCounters, type RtpTransport } from '../rtp/rtp-transport.ts';
import { SrtpReceiver, SrtpSender } from '../rtp/srtp.ts';
import { UdpSocket } from '../rtp/udp-socket.ts';
import type { OwnWebRtc } from '../sdp/audio-negotiation.ts';
import type { WebRtcParameters } from '../sdp/web-rtc-parameters.ts';
import { DtlsSession, type DtlsCertificate } from './dtls-session.ts';
import { IceLite } from './ice-lite.ts';

export type WebRtcState = 'connecting' | 'connected' | 'closed' | 'failed';

export interface WebRtcTransportOptions {
  /** Address to bind and to offer as the one candidate. */
  address: string;
  /** 0 takes any. */
  port?: number;
  certificate: DtlsCertificate;
  randomBytes: (size: number) => Buffer;
}

/**
 * The WebRTC side of a call on one UDP port: ICE-lite (RFC 8445 2.5), DTLS-SRTP by werift, RTP and RTCP multiplexed
 * (RFC 5761). Give `own` to `AudioNegotiation` as `webRtc`, and what was negotiated to `setRemote`.
 */
export class WebRtcTransport implements RtpTransport, Disposable {
  onRtp: RtpTransport['onRtp'] = () => {};
  onRtcp: RtpTransport['onRtcp'] = () => {};
  onState: (state: WebRtcState, error: unknown) => void = () => {};
  state: WebRtcState = 'connecting';
  readonly own: OwnWebRtc;
  readonly counters = createCounters();
  private readonly socket: UdpSocket;
  private readonly certificate: DtlsCertificate;
  private readonly ice: IceLite;
  private dtls: DtlsSession | null = null;
  private remoteFingerprints = '';
  private role: 'server' | 'client' = 'server';
  private sender: SrtpSender | null = null;
  private receiver: SrtpReceiver | null = null;

  static async open(options: WebRtcTransportOptions): Promise<WebRtcTransport> {
    const socket = await UdpSocket.bind(options.address, options.port ?? 0);
    return new WebRtcTransport(socket, options);
  }

  private constructor(socket: UdpSocket, { address, certificate, randomBytes }: WebRtcTransportOptions) {
    this.socket = socket;
    this.certificate = certificate;
    const ufrag = randomBytes(6).toString('hex');
    const password = randomBytes(18).toString('hex');
    this.own = { ufrag, password, fingerprints: certificate.fingerprints, addresses: [address], port: socket.port };
    this.ice = new IceLite(this.own, (data, to) => socket.send(data, data.length, to.port, to.address));
    socket.onMessage = (message, source) => this.receive(message, source);
    socket.onError = () => void this.counters.sendFailed++;
  }

  /**
   * The far end's parameters, and which DTLS role is ours: server when it answered or offered `active` (or `actpass` to
   * our `passive`). A second call with the same fingerprints changes nothing; other ones are a new connection of the far end
   * (a reloaded page), which starts from the beginning.
   */
  setRemote(remote: WebRtcParameters, role: 'server' | 'client' = 'server'): void {
    this.ice.remoteUfrag = remote.ufrag;
    const fingerprints = remote.fingerprints.map(({ algorithm, value }) => `${algorithm} ${value}`).join();
    if (this.dtls && fingerprints === this.remoteFingerprints) return;
    if (this.dtls) this.startOver(this.dtls);
    this.remoteFingerprints = fingerprints;
    this.role = role;
    this.dtls = new DtlsSession({
      role,
      certificate: this.certificate,
      remoteFingerprints: remote.fingerprints,
      send: (data) => this.sendTo(data, data.length),
      onKeys: ({ send, receive }) => {
        this.sender = new SrtpSender(send);
        this.receiver = new SrtpReceiver(receive);
        this.setState('connected', null);
      },
      onEnd: (reason, error) => this.setState(reason, error),
    });
  }

  private startOver(dtls: DtlsSession): void {
    dtls.close();
    this.sender = null;
    this.receiver = null;
    this.ice.forget();
    this.setState('connecting', null);
  }

  send(buffer: Buffer, length: number): void {
    if (this.sender) this.sendTo(buffer, this.sender.protect(buffer, length));
  }

  sendRtcp(buffer: Buffer, length: number): void {
    if (this.sender) this.sendTo(buffer, this.sender.protectRtcp(buffer, length));
  }

  dispose(): void {
    this.dtls?.close();
    this.socket.close();
    this.onRtp = this.onRtcp = () => {};
    this.onState = () => {};
  }

  private sendTo(buffer: Buffer, length: number): void {
    const target = this.ice.selected;
    if (target) this.socket.send(buffer, length, target.port, target.address);
  }

  private setState(state: WebRtcState, error: unknown): void {
    if (this.state === state) return;
    this.state = state;
    this.onState(state, error);
  }

  private receive(message: Buffer, source: RemoteInfo): void {
    const kind = demultiplex(message);
    if (kind === 'stun') return this.receiveStun(message, source);
    if (kind === 'unknown') return void this.counters.malformed++;
    // Nobody is heard before an ICE check of theirs was authentic.
    if (!this.ice.isValid(source)) return void this.counters.foreign++;
    if (kind === 'dtls') {
      if (this.dtls && !this.dtls.receive(message)) this.counters.malformed++;
      return;
    }
    if (!this.receiver) return;
    const isRtp = kind === 'rtp';
    const length = isRtp
      ? this.receiver.unprotect(message, message.length)
      : this.receiver.unprotectRtcp(message, message.length);
    if (typeof length === 'string') return void this.counters[length]++;
    if (isRtp) this.onRtp(message, length);
    else this.onRtcp(message, length);
  }

  private receiveStun(message: Buffer, source: RemoteInfo): void {
    const hadTarget = this.ice.selected !== null;
    const problem = this.ice.receive(message, source);
    if (problem) this.counters[problem]++;
    if (!hadTarget && this.ice.selected && this.role === 'client') this.dtls?.start();
  }
}
