import type { RtpTransport } from '../rtp/rtp-transport.ts';

/** A transport without a network: keeps what is sent, and hands it to a peer if it has one. */
export class LoopTransport implements RtpTransport {
  onRtp: RtpTransport['onRtp'] = () => {};
  onRtcp: RtpTransport['onRtcp'] = () => {};
  readonly sent: Buffer[] = [];
  readonly sentRtcp: Buffer[] = [];
  peer: LoopTransport | null = null;

  static pair(): [LoopTransport, LoopTransport] {
    const [a, b] = [new LoopTransport(), new LoopTransport()];
    a.peer = b;
    b.peer = a;
    return [a, b];
  }

  send(buffer: Buffer, length: number): void {
    const packet = Buffer.from(buffer.subarray(0, length));
    this.sent.push(packet);
    this.peer?.onRtp(Buffer.from(packet), length);
  }

  sendRtcp(buffer: Buffer, length: number): void {
    const packet = Buffer.from(buffer.subarray(0, length));
    this.sentRtcp.push(packet);
    this.peer?.onRtcp(packet, length);
  }
}
