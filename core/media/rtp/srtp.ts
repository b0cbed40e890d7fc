import { ReplayWindow } from './replay-window.ts';
import { rtpHeaderLength } from './rtp-packet.ts';
import { createSrtpCipher, type SrtpCipher } from './srtp-cipher.ts';
import type { SrtpMaster } from './srtp-keys.ts';

/** Room that a buffer needs behind a packet for `protect` (tag, and the index word of SRTCP). Bytes. */
export const srtpTrailerRoom = 20;

const encryptedFlag = 0x80000000;

/** Bytes. More than any audio packet: longer ones are not looked at. */
const maximumPacket = 2048;

/** RFC 3711 sender side of one master key. All methods work in place. */
export class SrtpSender {
  private readonly rtp: SrtpCipher;
  private readonly rtcp: SrtpCipher;
  private readonly rollovers = new Map<number, { counter: number; last: number }>();
  private readonly trailer = Buffer.alloc(4);
  private rtcpIndex = 0;

  constructor(master: SrtpMaster) {
    this.rtp = createSrtpCipher(master, 'rtp');
    this.rtcp = createSrtpCipher(master, 'rtcp');
  }

  /** Returns the new length. Sequence numbers of an SSRC must rise by less than 2^15 between calls. */
  protect(packet: Buffer, length: number): number {
    const from = rtpHeaderLength(packet, length);
    if (typeof from === 'string') throw new RangeError(`not an RTP packet: ${from}`);
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const high = this.rollover(ssrc, sequence);
    this.trailer.writeUInt32BE(high);
    this.rtp.seal(packet, from, length, { ssrc, high, low: sequence }, this.trailer);
    return length + this.rtp.tagLength;
  }

  protectRtcp(packet: Buffer, length: number): number {
    const index = (this.rtcpIndex = (this.rtcpIndex + 1) & 0x7fffffff);
    const word = this.trailer;
    word.writeUInt32BE((encryptedFlag | index) >>> 0);
    const nonce = { ssrc: packet.readUInt32BE(4), high: index >>> 16, low: index & 0xffff };
    this.rtcp.seal(packet, 8, length, nonce, word);
    const tagLength = this.rtcp.tagLength;
    // AES-CM: packet, word, tag (RFC 3711 3.4). GCM: packet, tag, word (RFC 7714 9.2).
    if (tagLength === 16) word.copy(packet, length + tagLength);
    else {
      packet.copyWithin(length + 4, length, length + tagLength);
      word.copy(packet, length);
    }
    return length + tagLength + 4;
  }

  private rollover(ssrc: number, sequence: number): number {
    const state = this.rollovers.get(ssrc);
    if (!state) {
      this.rollovers.set(ssrc, { counter: 0, last: sequence });
      return 0;
    }
    if (sequence < state.last && state.last - sequence > 0x8000) state.counter++;
    state.last = sequence;
    return state.counter;
  }
}

/** Why a protected packet was dropped. */
export type SrtpProblem = 'malformed' | 'authentication' | 'replay';

/** RFC 3711 receiver side of one master key. State is kept only of SSRCs whose packets were authentic. */
export class SrtpReceiver {
  private readonly rtp: SrtpCipher;
  private readonly rtcp: SrtpCipher;
  private readonly windows = new Map<number, ReplayWindow>();
  private readonly rtcpWindows = new Map<number, ReplayWindow>();
  private readonly trailer = Buffer.alloc(4);

  constructor(master: SrtpMaster) {
    this.rtp = createSrtpCipher(master, 'rtp');
    this.rtcp = createSrtpCipher(master, 'rtcp');
  }

  /** Deciphers in place and returns the plain length, or why the packet must be dropped. */
  unprotect(packet: Buffer, length: number): number | SrtpProblem {
    const to = length - this.rtp.tagLength;
    const from = rtpHeaderLength(packet, to);
    if (typeof from === 'string' || length > maximumPacket) return 'malformed';
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const known = this.windows.get(ssrc);
    const index = known ? estimateIndex(known.highest, sequence) : sequence;
    if (index < 0 || known?.refuses(index)) return 'replay';
    const high = Math.floor(index / 0x10000);
    this.trailer.writeUInt32BE(high);
    if (!this.rtp.open(packet, from, to, { ssrc, high, low: sequence }, this.trailer)) return 'authentication';
    window(this.windows, ssrc, known).add(index);
    return to;
  }

  unprotectRtcp(packet: Buffer, length: number): number | SrtpProblem {
    const tagLength = this.rtcp.tagLength;
    const to = length - tagLength - 4;
    if (to < 8 || length > maximumPacket) return 'malformed';
    const wordAt = tagLength === 16 ? to + tagLength : to;
    packet.copy(this.trailer, 0, wordAt, wordAt + 4);
    if (wordAt === to) packet.copyWithin(to, to + 4, length);
    const word = this.trailer.readUInt32BE();
    // Unencrypted SRTCP is never negotiated by us (RFC 4568 UNENCRYPTED_SRTCP).
    if (word < encryptedFlag) return 'malformed';
    const index = word & 0x7fffffff;
    const ssrc = packet.readUInt32BE(4);
    const known = this.rtcpWindows.get(ssrc);
    if (known?.refuses(index)) return 'replay';
    const nonce = { ssrc, high: index >>> 16, low: index & 0xffff };
    if (!this.rtcp.open(packet, 8, to, nonce, this.trailer)) return 'authentication';
    window(this.rtcpWindows, ssrc, known).add(index);
    return to;
  }
}

function window(windows: Map<number, ReplayWindow>, ssrc: number, known: ReplayWindow | undefined): ReplayWindow {
  if (known) return known;
  // A far end that really has the key may still change its SSRC for ever: keep the last few.
  if (windows.size >= 16) windows.delete(windows.keys().next().value!);
  const created = new ReplayWindow();
  windows.set(ssrc, created);
  return created;
}

/** RFC 3711 3.3.1 and appendix A: the 48-bit index nearest to the highest one seen; negative before the stream's begin. */
export function estimateIndex(highest: number, sequence: number): number {
  const rollover = Math.floor(highest / 0x10000);
  const last = highest % 0x10000;
  let guess = rollover;
  if (last < 0x8000) {
    if (sequence - last > 0x8000) guess = rollover - 1;
  } else if (last - 0x8000 > sequence) guess = rollover + 1;
  return guess * 0x10000 + sequence;
}
