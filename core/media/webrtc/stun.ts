import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { isIPv6 } from 'node:net';

/** RFC 8489, as much as ICE-lite (RFC 8445) needs. */
export interface StunMessage {
  type: number;
  transaction: Buffer;
  attributes: Map<number, Buffer>;
  /** Byte at which MESSAGE-INTEGRITY begins; null without one. */
  integrityAt: number | null;
  raw: Buffer;
}

export const bindingRequest = 0x0001;
export const bindingResponse = 0x0101;
export const bindingIndication = 0x0011;
export const bindingError = 0x0111;
export const stunAttribute = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  xorMappedAddress: 0x0020,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
};

const magicCookie = 0x2112a442;

/** Null for what is not a whole STUN message. */
export function parseStun(raw: Buffer): StunMessage | null {
  if (raw.length < 20 || raw[0]! > 3 || raw.readUInt32BE(4) !== magicCookie) return null;
  const end = 20 + raw.readUInt16BE(2);
  if (end !== raw.length || end % 4 !== 0) return null;
  const attributes = new Map<number, Buffer>();
  let integrityAt: number | null = null;
  for (let offset = 20; offset + 4 <= end;) {
    const type = raw.readUInt16BE(offset);
    const length = raw.readUInt16BE(offset + 2);
    if (offset + 4 + length > end) return null;
    // What follows MESSAGE-INTEGRITY is not protected and is ignored, but for FINGERPRINT (RFC 8489 14.5).
    if (integrityAt === null || type === stunAttribute.fingerprint) {
      if (type === stunAttribute.integrity) integrityAt = offset;
      if (!attributes.has(type)) attributes.set(type, raw.subarray(offset + 4, offset + 4 + length));
    }
    offset += 4 + ((length + 3) & ~3);
  }
  return { type: raw.readUInt16BE(0), transaction: raw.subarray(8, 20), attributes, integrityAt, raw };
}

/** Short-term credentials: the key is the password itself. */
export function isAuthentic(message: StunMessage, password: string): boolean {
  const given = message.attributes.get(stunAttribute.integrity);
  if (message.integrityAt === null || given?.length !== 20) return false;
  return timingSafeEqual(given, integrity(message.raw, message.integrityAt, password));
}

export function serializeStun(
  type: number,
  transaction: Buffer,
  attributes: readonly (readonly [number, Buffer])[],
  password: string | null,
): Buffer {
  const body = attributes.map(([code, value]) => attribute(code, value));
  let message = Buffer.concat([Buffer.alloc(20), ...body]);
  message.writeUInt16BE(type, 0);
  message.writeUInt32BE(magicCookie, 4);
  transaction.copy(message, 8);
  if (password !== null) {
    const tag = integrity(message, message.length, password);
    message = Buffer.concat([message, attribute(stunAttribute.integrity, tag)]);
  }
  message.writeUInt16BE(message.length - 20 + 8, 2);
  const check = Buffer.alloc(4);
  check.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0);
  return Buffer.concat([message, attribute(stunAttribute.fingerprint, check)]);
}

export function xorMappedAddress(address: string, port: number, transaction: Buffer): Buffer {
  const bytes = addressBytes(address);
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = bytes.length === 4 ? 1 : 2;
  value.writeUInt16BE(port ^ (magicCookie >>> 16), 2);
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(magicCookie);
  transaction.copy(mask, 4);
  for (let i = 0; i < bytes.length; i++) value[4 + i] = bytes[i]! ^ mask[i]!;
  return value;
}

function integrity(raw: Buffer, upTo: number, password: string): Buffer {
  const head = Buffer.from(raw.subarray(0, upTo));
  // The length counts up to and with MESSAGE-INTEGRITY itself (RFC 8489 14.5).
  head.writeUInt16BE(upTo - 20 + 24, 2);
  return createHmac('sha1', password).update(head).digest();
}

function attribute(type: number, value: Buffer): Buffer {
  const buffer = Buffer.alloc(4 + ((value.length + 3) & ~3));
  buffer.writeUInt16BE(type, 0);
  buffer.writeUInt16BE(value.length, 2);
  value.copy(buffer, 4);
  return buffer;
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [head, tail] = address.split('%')[0]!.split('::') as [string, string | undefined];
  const groups = (text: string) => text.split(':').filter(Boolean);
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  const middle = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  const bytes = Buffer.alloc(16);
  [...first, ...middle, ...last].forEach((group, index) => bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2));
  return bytes;
}
