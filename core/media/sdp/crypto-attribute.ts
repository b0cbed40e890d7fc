import { srtpSizes, type SrtpMaster, type SrtpProfile } from '../rtp/srtp-keys.ts';

/** One `a=crypto` line (RFC 4568). */
export interface CryptoAttribute {
  tag: number;
  master: SrtpMaster;
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads a line that this program can use; null for unknown suites and for what it does not do (several keys, a master
 * key index, session parameters that change the cipher), so that the next line may be tried.
 */
export function parseCrypto(value: string): CryptoAttribute | null {
  const [tagText, suite, keyParameters, ...session] = value.split(/ +/);
  if (!tagText || !/^\d{1,9}$/.test(tagText) || !suite || !keyParameters) return null;
  // RFC 4568 6.3: KDR, UNENCRYPTED_*, UNAUTHENTICATED_SRTP, FEC_* change what is sent. WSH only advises.
  if (session.some((parameter) => !/^WSH=\d+$/.test(parameter))) return null;
  if (suite !== 'AES_CM_128_HMAC_SHA1_80' && suite !== 'AEAD_AES_128_GCM') return null;
  const master = parseKey(keyParameters, suite);
  return master && { tag: Number(tagText), master };
}

function parseKey(parameters: string, profile: SrtpProfile): SrtpMaster | null {
  const match = /^inline:([^|;]+)((?:\|[^|;]+)*)$/.exec(parameters);
  if (!match || !base64.test(match[1]!)) return null;
  // `|lifetime|MKI:length`: a lifetime is far beyond a call (2^48 packets), a master key index is not done.
  if (match[2]!.split('|').some((part) => part.includes(':'))) return null;
  const sizes = srtpSizes[profile];
  const bytes = Buffer.from(match[1]!, 'base64');
  if (bytes.length !== sizes.key + sizes.salt) return null;
  return { profile, key: bytes.subarray(0, sizes.key), salt: bytes.subarray(sizes.key) };
}

export function serializeCrypto({ tag, master }: CryptoAttribute): string {
  return `${tag} ${master.profile} inline:${Buffer.concat([master.key, master.salt]).toString('base64')}`;
}

export function createMaster(profile: SrtpProfile, randomBytes: (size: number) => Buffer): SrtpMaster {
  const sizes = srtpSizes[profile];
  return { profile, key: randomBytes(sizes.key), salt: randomBytes(sizes.salt) };
}
