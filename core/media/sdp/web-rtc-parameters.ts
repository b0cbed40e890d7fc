import {
  attribute,
  attributes,
  hasAttribute,
  type Attribute,
  type MediaDescription,
  type SessionDescription,
} from './session-description.ts';

export type SetupRole = 'active' | 'passive' | 'actpass';

export interface IceCandidate {
  foundation: string;
  component: number;
  address: string;
  port: number;
  priority: number;
  type: string;
}

/** What an m= line says of ICE (RFC 8839) and DTLS-SRTP (RFC 5763, RFC 8122). */
export interface WebRtcParameters {
  ufrag: string;
  password: string;
  lite: boolean;
  /** `sha-256 AB:CD:…` as written, hash name in lower case. */
  fingerprints: { algorithm: string; value: string }[];
  setup: SetupRole;
  /** UDP candidates of component 1. */
  candidates: IceCandidate[];
}

/** Null where the line has no ICE credentials or no fingerprint: it is not WebRTC then. */
export function readWebRtc(session: SessionDescription, media: MediaDescription): WebRtcParameters | null {
  const find = (name: string) => attribute(media, name) ?? attribute(session, name);
  const ufrag = find('ice-ufrag');
  const password = find('ice-pwd');
  const fingerprints = readFingerprints([...attributes(media, 'fingerprint'), ...attributes(session, 'fingerprint')]);
  if (!ufrag || !password || fingerprints.length === 0) return null;
  if (!/^[\w+/-]{4,256}$/.test(ufrag) || !/^[\w+/-]{22,256}$/.test(password)) return null;
  const setup = find('setup');
  return {
    ufrag,
    password,
    lite: hasAttribute(session, 'ice-lite'),
    fingerprints,
    setup: setup === 'active' || setup === 'passive' ? setup : 'actpass',
    candidates: attributes(media, 'candidate')
      .slice(0, 100)
      .flatMap((value) => parseCandidate(value) ?? []),
  };
}

function readFingerprints(values: string[]): { algorithm: string; value: string }[] {
  return values.flatMap((text) => {
    const match = /^(sha-(?:1|224|256|384|512)) ((?:[0-9a-f]{2}:)+[0-9a-f]{2})$/i.exec(text);
    return match ? [{ algorithm: match[1]!.toLowerCase(), value: match[2]!.toUpperCase() }] : [];
  });
}

function parseCandidate(value: string): IceCandidate | null {
  const match = /^(\S{1,32}) (\d{1,5}) udp (\d{1,10}) (\S{1,255}) (\d{1,5}) typ (\w{1,16})/i.exec(value);
  if (!match || match[2] !== '1' || Number(match[5]) > 65535) return null;
  return {
    foundation: match[1]!,
    component: 1,
    priority: Number(match[3]),
    address: match[4]!,
    port: Number(match[5]),
    type: match[6]!,
  };
}

/** Attributes for our own m= line: one host candidate a port, all components on it (rtcp-mux). */
export function webRtcAttributes(
  own: Pick<WebRtcParameters, 'ufrag' | 'password' | 'fingerprints' | 'setup'> & {
    addresses: readonly string[];
    port: number;
  },
): Attribute[] {
  return [
    { name: 'ice-ufrag', value: own.ufrag },
    { name: 'ice-pwd', value: own.password },
    ...own.fingerprints.map(({ algorithm, value }) => ({ name: 'fingerprint', value: `${algorithm} ${value}` })),
    { name: 'setup', value: own.setup },
    ...own.addresses.map((address, index) => ({
      name: 'candidate',
      // RFC 8445 5.1.2: host preference 126, earlier addresses first.
      value: `${index + 1} 1 udp ${126 * 2 ** 24 + (65535 - index) * 256 + 255} ${address} ${own.port} typ host`,
    })),
    { name: 'end-of-candidates', value: null },
  ];
}
