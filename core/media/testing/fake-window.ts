import type { Disposable } from '#core/foundation/index.ts';
import { demultiplex } from '../rtp/rtp-packet.ts';
import { SrtpReceiver, SrtpSender } from '../rtp/srtp.ts';
import { UdpSocket } from '../rtp/udp-socket.ts';
import { parseSessionDescription } from '../sdp/parse-session-description.ts';
import { readAudio } from '../sdp/read-audio.ts';
import { DtlsSession, type DtlsCertificate } from '../webrtc/dtls-session.ts';
import { bindingRequest, bindingResponse, parseStun, serializeStun, stunAttribute } from '../webrtc/stun.ts';

/** A window's WebRTC connection without a browser: the controlling ICE end and the DTLS client. For tests and benches. */
export class FakeWindow implements Disposable {
  /** Plain RTP from the relay. */
  onRtp: (buffer: Buffer, length: number) => void = () => {};
  /** Resolves when packets can be sent. */
  readonly connected: Promise<void>;
  private readonly resolveConnected: () => void;
  private readonly socket: UdpSocket;
  private readonly certificate: DtlsCertificate;
  private readonly randomBytes: (size: number) => Buffer;
  private readonly ufrag: string;
  private readonly password: string;
  private dtls: DtlsSession | null = null;
  private sender: SrtpSender | null = null;
  private receiver: SrtpReceiver | null = null;
  private target: { address: string; port: number } | null = null;

  static async open(certificate: DtlsCertificate, randomBytes: (size: number) => Buffer): Promise<FakeWindow> {
    return new FakeWindow(await UdpSocket.bind('127.0.0.1', 0), certificate, randomBytes);
  }

  private constructor(socket: UdpSocket, certificate: DtlsCertificate, randomBytes: (size: number) => Buffer) {
    this.socket = socket;
    this.certificate = certificate;
    this.randomBytes = randomBytes;
    this.ufrag = randomBytes(4).toString('hex');
    this.password = randomBytes(12).toString('hex');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.connected = promise;
    this.resolveConnected = resolve;
    socket.onMessage = (message) => this.receive(message);
  }

  /** As Chromium writes it, shortened. */
  get offer(): string {
    const [fingerprint] = this.certificate.fingerprints;
    return [
      'v=0',
      'o=- 1 2 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'a=group:BUNDLE 0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
      'c=IN IP4 0.0.0.0',
      `a=ice-ufrag:${this.ufrag}`,
      `a=ice-pwd:${this.password}`,
      `a=fingerprint:sha-256 ${fingerprint!.value}`,
      'a=setup:actpass',
      'a=mid:0',
      'a=sendrecv',
      'a=rtcp-mux',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=rtpmap:63 red/48000/2',
      'a=rtpmap:13 CN/8000',
      'a=rtpmap:110 telephone-event/48000',
      'a=rtpmap:126 telephone-event/8000',
      '',
    ].join('\r\n');
  }

  applyAnswer(sdp: string): void {
    const { webRtc } = readAudio(parseSessionDescription(sdp));
    const candidate = webRtc?.candidates[0];
    if (!webRtc || !candidate) throw new Error('no candidate in the answer');
    this.target = { address: candidate.address, port: candidate.port };
    this.dtls = new DtlsSession({
      role: 'client',
      certificate: this.certificate,
      remoteFingerprints: webRtc.fingerprints,
      send: (data) => this.transmit(data, data.length),
      onKeys: ({ send, receive }) => {
        this.sender = new SrtpSender(send);
        this.receiver = new SrtpReceiver(receive);
        this.resolveConnected();
      },
      onEnd: () => {},
    });
    const username = Buffer.from(`${webRtc.ufrag}:${this.ufrag}`);
    const attributes = [
      [stunAttribute.username, username],
      [stunAttribute.useCandidate, Buffer.alloc(0)],
    ] as const;
    const check = serializeStun(bindingRequest, this.randomBytes(12), attributes, webRtc.password);
    this.transmit(check, check.length);
  }

  /** Plain RTP to the relay; the buffer needs `srtpTrailerRoom`. */
  send(buffer: Buffer, length: number): void {
    if (this.sender) this.transmit(buffer, this.sender.protect(buffer, length));
  }

  dispose(): void {
    this.dtls?.close();
    this.socket.close();
  }

  private transmit(data: Buffer, length: number): void {
    if (this.target) this.socket.send(data, length, this.target.port, this.target.address);
  }

  private receive(message: Buffer): void {
    const kind = demultiplex(message);
    if (kind === 'stun' && parseStun(message)?.type === bindingResponse) this.dtls?.start();
    else if (kind === 'dtls') this.dtls?.receive(message);
    else if (kind === 'rtp' && this.receiver) {
      const length = this.receiver.unprotect(message, message.length);
      if (typeof length === 'number') this.onRtp(message, length);
    }
  }
}
