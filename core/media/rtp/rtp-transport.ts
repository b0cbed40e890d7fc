/** Carries plain RTP and RTCP packets to one far end and back; encryption, if any, is inside. */
export interface RtpTransport {
  /**
   * Sends `buffer[0, length)`. The buffer must have `srtpTrailerRoom` bytes of room behind it, is changed in place, and
   * may be used again only after `sendRing` sends more. Does nothing while there is no way to the far end.
   */
  send(buffer: Buffer, length: number): void;
  sendRtcp(buffer: Buffer, length: number): void;
  /** Called with each authentic, plain packet; the buffer is the listener's to keep and to change. */
  onRtp: (buffer: Buffer, length: number) => void;
  onRtcp: (buffer: Buffer, length: number) => void;
}

/** Datagrams that were dropped, by cause. */
export interface TransportCounters {
  /** Not RTP, RTCP, STUN or DTLS. */
  malformed: number;
  /** From a source that is not the far end's. */
  foreign: number;
  authentication: number;
  replay: number;
  /** Sends that the system refused. */
  sendFailed: number;
}

export function createCounters(): TransportCounters {
  return { malformed: 0, foreign: 0, authentication: 0, replay: 0, sendFailed: 0 };
}

/** How many buffers a `PacketRing` turns over. */
export const sendRing = 64;

/**
 * Buffers to build outgoing packets in. A datagram that the system takes later still reads its buffer, hence a ring and
 * not one buffer.
 */
export class PacketRing {
  private readonly buffers: Buffer[];
  private next = 0;

  constructor(size = 2048) {
    this.buffers = Array.from({ length: sendRing }, () => Buffer.alloc(size));
  }

  take(): Buffer {
    const buffer = this.buffers[this.next]!;
    this.next = (this.next + 1) % sendRing;
    return buffer;
  }
}
