import type { Clock } from '#core/foundation/index.ts';
import { writeRtpHeader, type RtpView } from './rtp-packet.ts';
import { PacketRing, type RtpTransport } from './rtp-transport.ts';

/** RFC 3550 A.1: jumps beyond these mean that a source began anew. */
const maximumDropout = 3000;
const maximumMisorder = 100;

/**
 * Writes one outgoing RTP stream: one SSRC, with sequence numbers and timestamps that go on without a break whatever the
 * source is (a window, a new window, another phone, a prompt, digits).
 */
export class RtpWriter {
  readonly ssrc: number;
  /** Hz; set before the first packet and when the codec changes. */
  clockRate = 8000;
  packets = 0;
  /** Payload bytes. */
  octets = 0;
  private readonly transport: RtpTransport;
  private readonly clock: Clock;
  private readonly ring = new PacketRing();
  private sequence: number;
  private timestamp: number;
  /** Monotonic ms at which `timestamp` was due. */
  private timestampAt: number;
  private source: RtpView | null = null;
  private sourceSsrc = 0;
  private sourceSequence = 0;
  private sequenceOffset = 0;
  private timestampOffset = 0;
  private readonly header = { payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0 };

  /** @param randomBytes for SSRC, first sequence number and first timestamp (RFC 3550 5.1) */
  constructor(transport: RtpTransport, clock: Clock, randomBytes: (size: number) => Buffer) {
    this.transport = transport;
    this.clock = clock;
    const random = randomBytes(10);
    this.ssrc = random.readUInt32BE(0);
    // Below 2^15, so that a lost first packet cannot confuse the far end's SRTP rollover counter (RFC 3711 3.3.1).
    this.sequence = random.readUInt16BE(4) & 0x7fff;
    this.timestamp = random.readUInt32BE(6);
    this.timestampAt = clock.monotonic();
  }

  /** Timestamp that a packet sent now would carry. */
  get now(): number {
    const elapsed = this.clock.monotonic() - this.timestampAt;
    return (this.timestamp + Math.max(1, Math.round((elapsed * this.clockRate) / 1000))) >>> 0;
  }

  /** The next forwarded packet starts a new source: after a gate, a digit or another player. */
  breakSource(): void {
    this.source = null;
  }

  /** Passes a received packet on under our own SSRC. Loss and order of the source stay visible to the far end. */
  forward(view: RtpView, payloadType: number): void {
    const joined = !this.source || view.ssrc !== this.sourceSsrc || this.jumped(view.sequence);
    if (joined) this.join(view);
    if (((view.sequence - this.sourceSequence) & 0xffff) < 0x8000) this.sourceSequence = view.sequence;
    const sequence = (view.sequence + this.sequenceOffset) & 0xffff;
    const timestamp = (view.timestamp + this.timestampOffset) >>> 0;
    this.write(
      view.buffer,
      view.payloadOffset,
      view.payloadLength,
      payloadType,
      view.marker || joined,
      sequence,
      timestamp,
    );
    if (((sequence - this.sequence) & 0xffff) < 0x8000) this.advance(sequence, timestamp);
  }

  /** Sends one packet of a telephone event, whose timestamp stands still while it lasts (RFC 4733 2.1). */
  event(payload: Buffer, payloadType: number, timestamp: number, marker: boolean): void {
    this.sequence = (this.sequence + 1) & 0xffff;
    this.source = null;
    this.write(payload, 0, payload.length, payloadType, marker, this.sequence, timestamp);
  }

  /**
   * Sends a frame exactly `samples` ticks after the one before it: for paced players, whose pace is the media clock.
   * After a pause the timestamp first catches up with the clock.
   */
  nextFrame(payload: Buffer, payloadType: number, samples: number): void {
    const follows = this.packets > 0 && this.clock.monotonic() - this.timestampAt < 200;
    const timestamp = follows ? (this.timestamp + samples) >>> 0 : this.now;
    const sequence = (this.sequence + 1) & 0xffff;
    this.source = null;
    this.write(payload, 0, payload.length, payloadType, !follows, sequence, timestamp);
    this.advance(sequence, timestamp);
  }

  private join(view: RtpView): void {
    this.source = view;
    this.sourceSsrc = view.ssrc;
    this.sourceSequence = view.sequence;
    this.sequenceOffset = (this.sequence + 1 - view.sequence) & 0xffff;
    this.timestampOffset = (this.now - view.timestamp) >>> 0;
  }

  private jumped(sequence: number): boolean {
    const ahead = (sequence - this.sourceSequence) & 0xffff;
    return ahead > maximumDropout && ahead < 0x10000 - maximumMisorder;
  }

  private advance(sequence: number, timestamp: number): void {
    this.sequence = sequence;
    this.timestamp = timestamp;
    this.timestampAt = this.clock.monotonic();
  }

  private write(
    from: Buffer,
    offset: number,
    length: number,
    payloadType: number,
    marker: boolean,
    sequence: number,
    timestamp: number,
  ): void {
    // Larger than any audio frame: such a datagram would only be fragmented.
    if (length > 1400) return;
    const buffer = this.ring.take();
    const { header } = this;
    header.payloadType = payloadType;
    header.marker = marker;
    header.sequence = sequence;
    header.timestamp = timestamp;
    header.ssrc = this.ssrc;
    const start = writeRtpHeader(buffer, header);
    from.copy(buffer, start, offset, offset + length);
    this.packets++;
    this.octets += length;
    this.transport.send(buffer, start + length);
  }
}
