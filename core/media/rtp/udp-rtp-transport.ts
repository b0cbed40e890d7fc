import type { RemoteInfo } from 'node:dgram';
import type { Clock, Disposable } from '#core/foundation/index.ts';
import { rtpHeaderLength } from './rtp-packet.ts';
import type { RtpSocketPair } from './rtp-socket-pair.ts';
import { createCounters, type RtpTransport } from './rtp-transport.ts';
import { SourceLatch } from './source-latch.ts';
import { SrtpReceiver, SrtpSender } from './srtp.ts';
import type { SrtpMaster } from './srtp-keys.ts';

/** Where and how to reach the far end, as negotiated. `NegotiatedAudio` fits. */
export interface RtpRemote {
  address: string | null;
  port: number;
  rtcpPort: number;
  rtcpMux: boolean;
  srtp: { send: SrtpMaster; receive: SrtpMaster } | null;
}

/** RTP or SDES-SRTP over a socket pair, which it owns and closes. Drops and counts what is not the far end's. */
export class UdpRtpTransport implements RtpTransport, Disposable {
  onRtp: RtpTransport['onRtp'] = () => {};
  onRtcp: RtpTransport['onRtcp'] = () => {};
  readonly counters = createCounters();
  private readonly pair: RtpSocketPair;
  private readonly clock: Clock;
  private readonly latch = new SourceLatch();
  private remote: RtpRemote | null = null;
  private sender: SrtpSender | null = null;
  private receiver: SrtpReceiver | null = null;

  constructor(pair: RtpSocketPair, clock: Clock) {
    this.pair = pair;
    this.clock = clock;
    pair.rtp.onMessage = (message, source) => this.receive(message, source);
    pair.rtcp.onMessage = (message, source) => this.receiveRtcp(message, source);
    pair.rtp.onError = pair.rtcp.onError = () => void this.counters.sendFailed++;
  }

  get port(): number {
    return this.pair.rtp.port;
  }

  get rtcpPort(): number {
    return this.pair.rtcp.port;
  }

  /** To be called after each negotiation. Keys that did not change keep their state (RFC 3711: never the same index twice). */
  setRemote(remote: RtpRemote | null): void {
    const before = this.remote?.srtp;
    const srtp = remote?.srtp ?? null;
    if (!sameMaster(before?.send, srtp?.send)) this.sender = srtp && new SrtpSender(srtp.send);
    if (!sameMaster(before?.receive, srtp?.receive)) this.receiver = srtp && new SrtpReceiver(srtp.receive);
    this.remote = remote;
    this.latch.expect(remote?.address ? { address: remote.address, port: remote.port } : null);
  }

  send(buffer: Buffer, length: number): void {
    const target = this.latch.target;
    if (!target) return;
    const size = this.sender ? this.sender.protect(buffer, length) : length;
    this.pair.rtp.send(buffer, size, target.port, target.address);
  }

  sendRtcp(buffer: Buffer, length: number): void {
    const target = this.latch.target;
    if (!target || !this.remote) return;
    const size = this.sender ? this.sender.protectRtcp(buffer, length) : length;
    if (this.remote.rtcpMux) this.pair.rtp.send(buffer, size, target.port, target.address);
    else this.pair.rtcp.send(buffer, size, this.remote.rtcpPort, target.address);
  }

  dispose(): void {
    this.pair.close();
    this.onRtp = this.onRtcp = () => {};
  }

  private receive(message: Buffer, source: RemoteInfo): void {
    const second = message[1] ?? 0;
    if (this.remote?.rtcpMux && second >= 192 && second <= 223) return this.receiveRtcp(message, source);
    if (typeof rtpHeaderLength(message, message.length) === 'string') return void this.counters.malformed++;
    const length = this.receiver ? this.receiver.unprotect(message, message.length) : message.length;
    if (typeof length === 'string') return void this.counters[length]++;
    const now = this.clock.monotonic();
    if (!this.latch.accept(source.address, source.port, message.readUInt32BE(8), now))
      return void this.counters.foreign++;
    this.onRtp(message, length);
  }

  private receiveRtcp(message: Buffer, source: RemoteInfo): void {
    if (message.length < 8 || message[0]! >> 6 !== 2) return void this.counters.malformed++;
    if (source.address !== this.latch.target?.address) return void this.counters.foreign++;
    const length = this.receiver ? this.receiver.unprotectRtcp(message, message.length) : message.length;
    if (typeof length === 'string') return void this.counters[length]++;
    this.onRtcp(message, length);
  }
}

function sameMaster(a: SrtpMaster | undefined, b: SrtpMaster | undefined): boolean {
  if (!a || !b) return a === b;
  return a.profile === b.profile && a.key.equals(b.key) && a.salt.equals(b.salt);
}
