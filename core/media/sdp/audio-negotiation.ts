import { isIPv6 } from 'node:net';
import type { CodecName, MediaDirection } from '../media-leg.ts';
import type { SrtpMaster } from '../rtp/srtp-keys.ts';
import { agreeOnFormats, type AgreedFormats } from './agree-on-formats.ts';
import { offeredFormats, type AudioFormat } from './audio-format.ts';
import { createMaster, serializeCrypto, type CryptoAttribute } from './crypto-attribute.ts';
import { parseSessionDescription } from './parse-session-description.ts';
import { readAudio, type AudioDescription } from './read-audio.ts';
import {
  notAcceptable,
  serializeSessionDescription,
  type Attribute,
  type MediaDescription,
  type SessionDescription,
} from './session-description.ts';
import { webRtcAttributes, type WebRtcParameters } from './web-rtc-parameters.ts';

/** What both ends agreed on. Payload types differ per direction where the far end numbers its own way. */
export interface NegotiatedAudio extends AgreedFormats {
  /** From our side. */
  direction: MediaDirection;
  /** Where to send; null while the far end gave no address (c=0.0.0.0). */
  address: string | null;
  port: number;
  rtcpPort: number;
  rtcpMux: boolean;
  srtp: { send: SrtpMaster; receive: SrtpMaster } | null;
  /** The far end's ICE and DTLS parameters, for WebRTC. */
  webRtc: WebRtcParameters | null;
  /** Ours, for WebRTC. */
  dtlsRole: 'server' | 'client';
}

export interface OwnWebRtc {
  ufrag: string;
  password: string;
  fingerprints: { algorithm: string; value: string }[];
  /** Candidates to offer, all on `port`. */
  addresses: readonly string[];
  port: number;
}

export interface NegotiationOptions {
  codecs: readonly CodecName[];
  /** `srtp` offers and demands SDES; `rtp` offers plain RTP and takes SDES where it is offered; `webrtc` needs `webRtc`. */
  security: 'rtp' | 'srtp' | 'webrtc';
  /** Local address for o= and c=. */
  address: string;
  port: number;
  rtcpPort: number;
  webRtc?: OwnWebRtc;
  randomBytes: (size: number) => Buffer;
}

/**
 * Offer/answer (RFC 3264) of one session's audio. Methods throw an `OffhookError` `call.media-not-acceptable` and then
 * leave everything as it was. Other m= lines are declined with port 0, in their places.
 */
export class AudioNegotiation {
  private readonly options: NegotiationOptions;
  private readonly sessionId: string;
  private version = 0;
  private lastBody = '';
  private offer: { direction: MediaDirection; cryptos: CryptoAttribute[] } | null = null;
  private ownMaster: SrtpMaster | null = null;
  /** Our own formats as we last offered or answered: re-offers keep their payload types (RFC 3264 8.3.2). */
  private ownFormats: AudioFormat[];
  /** The m= lines of the session so far: a new offer must repeat them (RFC 3264 8). */
  private lines: { declined: MediaDescription[]; index: number } = { declined: [], index: 0 };
  private mid = '0';
  private setup: 'actpass' | 'active' | 'passive' = 'actpass';
  private current: NegotiatedAudio | null = null;

  constructor(options: NegotiationOptions) {
    this.options = options;
    this.ownFormats = offeredFormats(options.codecs);
    // RFC 8866 5.2 wants a number unlike any other session's; 53 bits keep it exact everywhere.
    this.sessionId = String(options.randomBytes(6).readUIntBE(0, 6));
  }

  get negotiated(): NegotiatedAudio | null {
    return this.current;
  }

  /** A call that was taken with SDES stays secure in our own offers too. */
  private get offersSrtp(): boolean {
    return this.options.security === 'srtp' || this.current?.srtp != null;
  }

  createOffer(direction: MediaDirection): string {
    const profile = this.current?.srtp?.send.profile ?? 'AES_CM_128_HMAC_SHA1_80';
    const cryptos = this.offersSrtp ? [{ tag: 1, master: this.master(profile) }] : [];
    this.offer = { direction, cryptos };
    return this.write(this.ownFormats, direction, cryptos, this.current?.webRtc ? this.setup : 'actpass', null);
  }

  applyAnswer(text: string): NegotiatedAudio {
    const offer = this.offer;
    if (!offer) throw notAcceptable('an answer without an offer');
    const session = parseSessionDescription(text);
    const audio = readAudio(session);
    const agreed = agreeOnFormats(audio.formats, this.ownFormats, 'answer');
    const srtp = this.answeredSrtp(audio, offer.cryptos);
    const webRtc = this.requireWebRtc(audio);
    if (webRtc && this.setup === 'actpass') this.setup = webRtc.setup === 'passive' ? 'active' : 'passive';
    const direction = meet(offer.direction, audio.direction);
    this.current = { ...agreed, ...where(audio), direction, srtp, webRtc, dtlsRole: this.dtlsRole };
    return this.current;
  }

  /** @param direction what we wish; the offer may allow less */
  createAnswer(text: string, direction: MediaDirection): { sdp: string; negotiated: NegotiatedAudio } {
    const session = parseSessionDescription(text);
    const audio = readAudio(session);
    const agreed = agreeOnFormats(audio.formats, offeredFormats(this.options.codecs), 'offer');
    const crypto = this.chooseCrypto(audio);
    const webRtc = this.requireWebRtc(audio);
    const own = crypto ? { tag: crypto.tag, master: this.master(crypto.master.profile) } : null;
    this.lines = { declined: session.media.map(decline), index: audio.index };
    this.setup = webRtc?.setup === 'passive' ? 'active' : 'passive';
    const dtlsRole = this.dtlsRole;
    const met = meet(direction, audio.direction);
    const srtp = own && crypto ? { send: own.master, receive: crypto.master } : null;
    const negotiated: NegotiatedAudio = { ...agreed, ...where(audio), direction: met, srtp, webRtc, dtlsRole };
    this.ownFormats = agreed.formats;
    this.offer = null;
    this.current = negotiated;
    return { sdp: this.write(agreed.formats, met, own ? [own] : [], this.setup, audio), negotiated };
  }

  /** Forgets an offer that was refused or never answered. */
  rollback(): void {
    this.offer = null;
  }

  private write(
    formats: AudioFormat[],
    direction: MediaDirection,
    cryptos: CryptoAttribute[],
    setup: 'actpass' | 'active' | 'passive',
    answered: AudioDescription | null,
  ): string {
    const { address, port, webRtc } = this.options;
    const family = isIPv6(address) ? 'IP6' : 'IP4';
    const protocol = answered?.protocol ?? (webRtc ? 'UDP/TLS/RTP/SAVPF' : cryptos.length > 0 ? 'RTP/SAVP' : 'RTP/AVP');
    const media: MediaDescription = {
      type: 'audio',
      port,
      protocol,
      formats: formats.map((format) => String(format.payloadType)),
      connection: null,
      attributes: [
        ...formatAttributes(formats),
        ...this.transportAttributes(answered, cryptos, setup),
        { name: direction, value: null },
      ],
    };
    const medias = [...this.lines.declined];
    medias[this.lines.index] = media;
    const bundle = webRtc && media.attributes.find((entry) => entry.name === 'mid')?.value;
    return this.stamp({
      origin: { username: '-', sessionId: this.sessionId, sessionVersion: '0', family, address },
      connection: { family, address },
      attributes: webRtc
        ? [
            { name: 'ice-lite', value: null },
            { name: 'group', value: `BUNDLE ${bundle}` },
          ]
        : [],
      media: medias,
    });
  }

  private transportAttributes(
    answered: AudioDescription | null,
    cryptos: CryptoAttribute[],
    setup: 'actpass' | 'active' | 'passive',
  ): Attribute[] {
    const { port, rtcpPort, webRtc } = this.options;
    const attributes = cryptos.map((crypto): Attribute => ({ name: 'crypto', value: serializeCrypto(crypto) }));
    if (webRtc) {
      attributes.push({ name: 'mid', value: (this.mid = answered?.mid ?? this.mid) });
      attributes.push({ name: 'rtcp-mux', value: null }, ...webRtcAttributes({ ...webRtc, setup }));
    } else if (answered ? answered.rtcpMux : rtcpPort === port) attributes.push({ name: 'rtcp-mux', value: null });
    else if (rtcpPort !== port + 1) attributes.push({ name: 'rtcp', value: String(rtcpPort) });
    return attributes;
  }

  /** RFC 3264 8: the version rises by one with every change, and only then. */
  private stamp(session: SessionDescription): string {
    const body = serializeSessionDescription(session);
    if (body !== this.lastBody) this.version++;
    this.lastBody = body;
    session.origin.sessionVersion = String(this.version);
    return serializeSessionDescription(session);
  }

  private master(profile: SrtpMaster['profile']): SrtpMaster {
    if (this.ownMaster?.profile !== profile) this.ownMaster = createMaster(profile, this.options.randomBytes);
    return this.ownMaster;
  }

  private answeredSrtp(audio: AudioDescription, offered: CryptoAttribute[]): NegotiatedAudio['srtp'] {
    if (offered.length === 0) {
      if (audio.secure && this.options.security !== 'webrtc')
        throw notAcceptable(`${audio.protocol} in answer to RTP/AVP`);
      return null;
    }
    const answered = audio.secure ? audio.cryptos[0] : undefined;
    const own = offered.find(
      (entry) => entry.tag === answered?.tag && entry.master.profile === answered.master.profile,
    );
    if (!answered || !own) throw notAcceptable('no usable a=crypto in the answer');
    return { send: own.master, receive: answered.master };
  }

  private chooseCrypto(audio: AudioDescription): CryptoAttribute | null {
    const { security } = this.options;
    if (security === 'webrtc') return null;
    const usable = audio.secure ? audio.cryptos[0] : undefined;
    if (usable) return usable;
    if (audio.secure) throw notAcceptable(`${audio.protocol} without a usable a=crypto`);
    if (security === 'srtp') throw notAcceptable('RTP/AVP where SRTP is demanded');
    return null;
  }

  /** RFC 5763 5: the passive end is the DTLS server. */
  private get dtlsRole(): 'server' | 'client' {
    return this.setup === 'active' ? 'client' : 'server';
  }

  private requireWebRtc(audio: AudioDescription): WebRtcParameters | null {
    if (this.options.security !== 'webrtc') return null;
    if (!audio.webRtc) throw notAcceptable('no ICE credentials or DTLS fingerprint');
    return audio.webRtc;
  }
}

function where(audio: AudioDescription) {
  const { address, port, rtcpMux } = audio;
  return { address, port, rtcpMux, rtcpPort: rtcpMux ? port : audio.rtcpPort };
}

function decline(media: MediaDescription): MediaDescription {
  const { type, protocol, formats } = media;
  return { type, protocol, formats: formats.slice(0, 1), port: 0, connection: null, attributes: [] };
}

function formatAttributes(formats: AudioFormat[]): Attribute[] {
  return formats.flatMap(({ payloadType, name, clockRate, channels, parameters }) => [
    { name: 'rtpmap', value: `${payloadType} ${name}/${clockRate}${channels > 1 ? `/${channels}` : ''}` },
    ...(parameters ? [{ name: 'fmtp', value: `${payloadType} ${parameters}` }] : []),
  ]);
}

/** RFC 3264 6.1: what remains of our wish, given what the far end says from its side. */
export function meet(ours: MediaDirection, theirs: MediaDirection): MediaDirection {
  const send = (ours === 'sendrecv' || ours === 'sendonly') && (theirs === 'sendrecv' || theirs === 'recvonly');
  const receive = (ours === 'sendrecv' || ours === 'recvonly') && (theirs === 'sendrecv' || theirs === 'sendonly');
  return send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';
}
