import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';

/** RFC 4568 and RFC 7714 names; numbers of RFC 5764 and RFC 7714 in DTLS-SRTP are 1 and 7. */
export type SrtpProfile = 'AES_CM_128_HMAC_SHA1_80' | 'AEAD_AES_128_GCM';

/** Bytes. */
export const srtpSizes: Record<SrtpProfile, { key: number; salt: number; tag: number }> = {
  AES_CM_128_HMAC_SHA1_80: { key: 16, salt: 14, tag: 10 },
  AEAD_AES_128_GCM: { key: 16, salt: 12, tag: 16 },
};

export interface SrtpMaster {
  profile: SrtpProfile;
  key: Buffer;
  salt: Buffer;
}

export interface SessionKeys {
  cipher: KeyObject;
  authentication: KeyObject;
  salt: Buffer;
}

/** RFC 3711 4.3: session keys of a master key, with a key derivation rate of 0. */
export function deriveSessionKeys(master: SrtpMaster, stream: 'rtp' | 'rtcp'): SessionKeys {
  const first = stream === 'rtp' ? 0 : 3;
  const sizes = srtpSizes[master.profile];
  return {
    cipher: createSecretKey(derive(master, first, sizes.key)),
    authentication: createSecretKey(derive(master, first + 1, 20)),
    salt: derive(master, first + 2, sizes.salt),
  };
}

function derive(master: SrtpMaster, label: number, length: number): Buffer {
  // A GCM salt is 12 bytes and is padded to 14 on the right (RFC 7714 11).
  const block = Buffer.alloc(16);
  master.salt.copy(block);
  block[7] = block[7]! ^ label;
  const blocks = Math.ceil(length / 16);
  const counters = Buffer.alloc(blocks * 16);
  for (let i = 0; i < blocks; i++) {
    block.copy(counters, i * 16);
    counters.writeUInt16BE(i, i * 16 + 14);
  }
  const cipher = createCipheriv('aes-128-ecb', master.key, null).setAutoPadding(false);
  return cipher.update(counters).subarray(0, length);
}
