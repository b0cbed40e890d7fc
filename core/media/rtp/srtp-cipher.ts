import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  timingSafeEqual,
  type Cipheriv,
  type KeyObject,
} from 'node:crypto';
import { deriveSessionKeys, type SrtpMaster } from './srtp-keys.ts';

/** Enciphers and authenticates one kind of packet (SRTP or SRTCP) in place. */
export interface SrtpCipher {
  readonly tagLength: number;
  /**
   * Enciphers `packet[from, to)` and writes the tag at `to`.
   * @param trailer 4 bytes that are authenticated with the packet: the rollover counter, or the SRTCP index word
   * @param indexHigh upper bits of the packet index, `indexLow` its lower 16 (SRTP) or 31 (SRTCP, with indexHigh 0)
   */
  seal(packet: Buffer, from: number, to: number, nonce: PacketNonce, trailer: Buffer): void;
  /** The reverse; `to` is where the tag begins. False when the tag is wrong: the packet is then undefined. */
  open(packet: Buffer, from: number, to: number, nonce: PacketNonce, trailer: Buffer): boolean;
}

export interface PacketNonce {
  ssrc: number;
  /** Rollover counter for SRTP, index >> 16 for SRTCP. */
  high: number;
  /** Sequence number for SRTP, index & 0xffff for SRTCP. */
  low: number;
}

export function createSrtpCipher(master: SrtpMaster, stream: 'rtp' | 'rtcp'): SrtpCipher {
  return master.profile === 'AEAD_AES_128_GCM' ? new GcmCipher(master, stream) : new CounterCipher(master, stream);
}

/**
 * AES_CM_128_HMAC_SHA1_80 (RFC 3711 4.1.1). The key stream comes from one long-lived ECB cipher over the counter
 * blocks: that is a third of the price of a new CTR cipher for every packet.
 */
class CounterCipher implements SrtpCipher {
  readonly tagLength = 10;
  private readonly ecb: Cipheriv;
  private readonly salt: Buffer;
  private readonly authentication: KeyObject;
  private readonly counters = Buffer.alloc(2048);

  constructor(master: SrtpMaster, stream: 'rtp' | 'rtcp') {
    const keys = deriveSessionKeys(master, stream);
    this.ecb = createCipheriv('aes-128-ecb', keys.cipher, null).setAutoPadding(false);
    this.salt = keys.salt;
    this.authentication = keys.authentication;
  }

  seal(packet: Buffer, from: number, to: number, nonce: PacketNonce, trailer: Buffer): void {
    this.apply(packet, from, to, nonce);
    this.tag(packet, to, trailer).copy(packet, to, 0, this.tagLength);
  }

  open(packet: Buffer, from: number, to: number, nonce: PacketNonce, trailer: Buffer): boolean {
    const expected = this.tag(packet, to, trailer).subarray(0, this.tagLength);
    if (!timingSafeEqual(expected, packet.subarray(to, to + this.tagLength))) return false;
    this.apply(packet, from, to, nonce);
    return true;
  }

  private tag(packet: Buffer, to: number, trailer: Buffer): Buffer {
    return createHmac('sha1', this.authentication).update(packet.subarray(0, to)).update(trailer).digest();
  }

  private apply(packet: Buffer, from: number, to: number, nonce: PacketNonce): void {
    const blocks = (to - from + 15) >> 4;
    const counters = this.counters;
    this.salt.copy(counters, 0);
    counters.writeUInt32BE((counters.readUInt32BE(4) ^ nonce.ssrc) >>> 0, 4);
    counters.writeUInt32BE((counters.readUInt32BE(8) ^ nonce.high) >>> 0, 8);
    counters.writeUInt16BE(counters.readUInt16BE(12) ^ nonce.low, 12);
    for (let block = 0; block < blocks; block++) {
      if (block > 0) counters.copyWithin(block * 16, 0, 14);
      counters.writeUInt16BE(block, block * 16 + 14);
    }
    const keyStream = this.ecb.update(counters.subarray(0, blocks * 16));
    for (let i = from, k = 0; i < to; i++, k++) packet[i] = packet[i]! ^ keyStream[k]!;
  }
}

/** AEAD_AES_128_GCM (RFC 7714). For SRTP the associated data is the header, for SRTCP header and index word. */
class GcmCipher implements SrtpCipher {
  readonly tagLength = 16;
  private readonly key: KeyObject;
  private readonly salt: Buffer;
  private readonly isRtcp: boolean;
  private readonly iv = Buffer.alloc(12);

  constructor(master: SrtpMaster, stream: 'rtp' | 'rtcp') {
    const keys = deriveSessionKeys(master, stream);
    this.key = keys.cipher;
    this.salt = keys.salt;
    this.isRtcp = stream === 'rtcp';
  }

  seal(packet: Buffer, from: number, to: number, nonce: PacketNonce, trailer: Buffer): void {
    const cipher = createCipheriv('aes-128-gcm', this.key, this.nonce(nonce));
    cipher.setAAD(this.associated(packet, from, trailer));
    cipher.update(packet.subarray(from, to)).copy(packet, from);
    cipher.final();
    cipher.getAuthTag().copy(packet, to);
  }

  open(packet: Buffer, from: number, to: number, nonce: PacketNonce, trailer: Buffer): boolean {
    const cipher = createDecipheriv('aes-128-gcm', this.key, this.nonce(nonce), { authTagLength: this.tagLength });
    cipher.setAAD(this.associated(packet, from, trailer));
    cipher.setAuthTag(packet.subarray(to, to + this.tagLength));
    const plain = cipher.update(packet.subarray(from, to));
    try {
      cipher.final();
    } catch {
      // Node reports a wrong tag by throwing.
      return false;
    }
    plain.copy(packet, from);
    return true;
  }

  private associated(packet: Buffer, from: number, trailer: Buffer): Buffer {
    const header = packet.subarray(0, from);
    return this.isRtcp ? Buffer.concat([header, trailer]) : header;
  }

  private nonce({ ssrc, high, low }: PacketNonce): Buffer {
    const iv = this.iv;
    iv.writeUInt16BE(0, 0);
    iv.writeUInt32BE(ssrc, 2);
    iv.writeUInt32BE(high, 6);
    iv.writeUInt16BE(low, 10);
    for (let i = 0; i < 12; i++) iv[i] = iv[i]! ^ this.salt[i]!;
    return iv;
  }
}
