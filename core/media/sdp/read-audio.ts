import { isIP } from 'node:net';
import type { MediaDirection } from '../media-leg.ts';
import { parseRtpmap, staticFormat, type AudioFormat } from './audio-format.ts';
import { parseCrypto, type CryptoAttribute } from './crypto-attribute.ts';
import { readWebRtc, type WebRtcParameters } from './web-rtc-parameters.ts';
import {
  attribute,
  attributes,
  hasAttribute,
  notAcceptable,
  type MediaDescription,
  type SessionDescription,
} from './session-description.ts';

/** The audio that an SDP offers or answers with. */
export interface AudioDescription {
  /** Position among the m= lines. */
  index: number;
  protocol: string;
  /** True for the SAVP and SAVPF profiles. */
  secure: boolean;
  /** Where to send; null on the old hold (c=0.0.0.0). A literal IP address. */
  address: string | null;
  port: number;
  rtcpPort: number;
  rtcpMux: boolean;
  /** As the sender of the SDP sees it. */
  direction: MediaDirection;
  /** In the sender's order of preference; only what this program knows. */
  formats: AudioFormat[];
  cryptos: CryptoAttribute[];
  webRtc: WebRtcParameters | null;
  mid: string | null;
}

const protocols = /^(RTP\/S?AVPF?|UDP\/TLS\/RTP\/SAVPF?)$/;
const directions: readonly MediaDirection[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** True for an m= line that can become the call's audio. */
export function isUsableAudio(media: MediaDescription): boolean {
  return media.type === 'audio' && media.port !== 0 && protocols.test(media.protocol);
}

/** The first usable audio line; throws an `OffhookError` `call.media-not-acceptable` where there is none. */
export function readAudio(session: SessionDescription): AudioDescription {
  const index = session.media.findIndex(isUsableAudio);
  const media = session.media[index];
  if (!media) throw notAcceptable(session.media.length === 0 ? 'no m= line' : 'no usable m=audio line');
  return readMedia(session, media, index);
}

function readMedia(session: SessionDescription, media: MediaDescription, index: number): AudioDescription {
  const connection = media.connection ?? session.connection;
  const webRtc = readWebRtc(session, media);
  const held = connection?.address === '0.0.0.0' && !webRtc;
  const address = connection?.address ?? '';
  if (!held && isIP(address) === 0) throw notAcceptable(`c= has a host name, not an address`);
  const stated = readDirection(session, media);
  return {
    index,
    protocol: media.protocol,
    secure: media.protocol.includes('SAVP'),
    address: held ? null : address,
    port: media.port,
    rtcpPort: readRtcpPort(media),
    rtcpMux: hasAttribute(media, 'rtcp-mux'),
    // RFC 3264 8.4: the hold of RFC 2543. It can be told from a plain sendrecv only by the address.
    direction: held ? (stated === 'sendrecv' || stated === 'sendonly' ? 'sendonly' : 'inactive') : stated,
    formats: readFormats(media),
    cryptos: attributes(media, 'crypto').flatMap((value) => parseCrypto(value) ?? []),
    webRtc,
    mid: attribute(media, 'mid'),
  };
}

function readDirection(session: SessionDescription, media: MediaDescription): MediaDirection {
  return (
    directions.find((name) => hasAttribute(media, name)) ??
    directions.find((name) => hasAttribute(session, name)) ??
    'sendrecv'
  );
}

/** RFC 3605 `a=rtcp:<port>`; the next port otherwise. */
function readRtcpPort(media: MediaDescription): number {
  const value = attribute(media, 'rtcp');
  const stated = value === null ? NaN : Number(value.split(' ')[0]);
  if (Number.isInteger(stated) && stated > 0 && stated < 65536) return stated;
  return media.port < 65535 ? media.port + 1 : media.port;
}

function readFormats(media: MediaDescription): AudioFormat[] {
  const maps = keyed(attributes(media, 'rtpmap'));
  const parameters = keyed(attributes(media, 'fmtp'));
  return media.formats.flatMap((text) => {
    if (!/^\d{1,3}$/.test(text) || Number(text) > 127) throw notAcceptable(`payload type "${text.slice(0, 20)}"`);
    const payloadType = Number(text);
    const map = maps.get(payloadType);
    const format = map === undefined ? staticFormat(payloadType) : parseRtpmap(payloadType, map);
    return format ? [{ ...format, parameters: parameters.get(payloadType) ?? null }] : [];
  });
}

function keyed(values: string[]): Map<number, string> {
  const map = new Map<number, string>();
  for (const value of values) {
    const space = value.indexOf(' ');
    const key = Number(value.slice(0, space));
    if (space > 0 && Number.isInteger(key) && !map.has(key)) map.set(key, value.slice(space + 1).trim());
  }
  return map;
}
