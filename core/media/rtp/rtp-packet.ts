/** RFC 3550 5.1. A view onto a packet's bytes that is filled anew for each packet, so that nothing is allocated. */
export class RtpView {
  buffer: Buffer = Buffer.alloc(0);
  /** Bytes of the whole packet, without any SRTP tag. */
  length = 0;
  payloadType = 0;
  marker = false;
  sequence = 0;
  timestamp = 0;
  ssrc = 0;
  payloadOffset = 0;
  /** Bytes of payload without padding. */
  payloadLength = 0;

  get payload(): Buffer {
    return this.buffer.subarray(this.payloadOffset, this.payloadOffset + this.payloadLength);
  }
}

/** Why a datagram is not RTP. */
export type RtpProblem = 'too-short' | 'version' | 'csrc-overrun' | 'extension-overrun' | 'padding';

/** Bytes of the header up to the payload, extension included; needed before decryption. */
export function rtpHeaderLength(buffer: Buffer, length: number): number | RtpProblem {
  if (length < 12) return 'too-short';
  const first = buffer[0]!;
  if (first >> 6 !== 2) return 'version';
  let offset = 12 + (first & 0x0f) * 4;
  if (offset > length) return 'csrc-overrun';
  if (first & 0x10) {
    if (offset + 4 > length) return 'extension-overrun';
    offset += 4 + buffer.readUInt16BE(offset + 2) * 4;
    if (offset > length) return 'extension-overrun';
  }
  return offset;
}

/** Reads a plain packet of `length` bytes into `view`; returns what is wrong with it, or null. */
export function readRtp(buffer: Buffer, length: number, view: RtpView): RtpProblem | null {
  const offset = rtpHeaderLength(buffer, length);
  if (typeof offset === 'string') return offset;
  let payloadLength = length - offset;
  if (buffer[0]! & 0x20) {
    const padding = payloadLength > 0 ? buffer[length - 1]! : 0;
    if (padding === 0 || padding > payloadLength) return 'padding';
    payloadLength -= padding;
  }
  const second = buffer[1]!;
  view.buffer = buffer;
  view.length = length;
  view.marker = second > 0x7f;
  view.payloadType = second & 0x7f;
  view.sequence = buffer.readUInt16BE(2);
  view.timestamp = buffer.readUInt32BE(4);
  view.ssrc = buffer.readUInt32BE(8);
  view.payloadOffset = offset;
  view.payloadLength = payloadLength;
  return null;
}

/** Writes a 12-byte header: no padding, no extension, no CSRC. Returns 12. */
export function writeRtpHeader(
  buffer: Buffer,
  header: { payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number },
): number {
  buffer[0] = 0x80;
  buffer[1] = (header.marker ? 0x80 : 0) | header.payloadType;
  buffer.writeUInt16BE(header.sequence, 2);
  buffer.writeUInt32BE(header.timestamp, 4);
  buffer.writeUInt32BE(header.ssrc, 8);
  return 12;
}

/** RFC 7983: what a datagram on a multiplexed port is, by its first byte (and RFC 5761 for RTCP). */
export function demultiplex(buffer: Buffer): 'stun' | 'dtls' | 'rtp' | 'rtcp' | 'unknown' {
  if (buffer.length < 2) return 'unknown';
  const first = buffer[0]!;
  if (first < 4) return 'stun';
  if (first >= 20 && first <= 63) return 'dtls';
  if (first < 128 || first > 191) return 'unknown';
  const second = buffer[1]!;
  return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
}
