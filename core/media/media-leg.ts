import type { ErrorReport } from '#contract/errors.ts';
import type { AudioQuality } from '#contract/ipc/index.ts';
import type { Disposable, Event } from '#core/foundation/index.ts';

/** Codec names as in SDP rtpmap (RFC 3551, RFC 7587). */
export type CodecName = 'PCMA' | 'PCMU' | 'G722' | 'opus';

/** Which ways audio flows, as RFC 3264 writes it, from our side. */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What was negotiated; fires again after every offer/answer. */
export interface NegotiatedMedia {
  codec: CodecName;
  /** True for SDES-SRTP and DTLS-SRTP. */
  encrypted: boolean;
  /** From our side: `recvonly` or `inactive` means that the far end holds us. */
  direction: MediaDirection;
}

/** A tone generator and detector in place of a window: proves two-way audio where there is no browser. */
export interface SyntheticEndpoint {
  /** Hz, at −12 dBFS; null sends silence. */
  setTone(frequency: number | null): void;
  /** A tone in what the far end sends: once when it appears, then at most every 100 ms while it lasts. */
  readonly onTone: Event<{
    /** Hz. */
    frequency: number;
    /** dBFS. */
    level: number;
    /** Unix ms of the packet that completed it. */
    at: number;
  }>;
}

/**
 * The media of one call, as its SIP session and its call see it. Only plain SDP (RFC 8866) crosses to SIP.
 * An SDP that cannot be used makes `createAnswer` and `applyAnswer` reject with an `OffhookError`
 * `call.media-not-acceptable` (SIP: 488), and leaves the leg as it was.
 */
export interface MediaLeg extends Disposable {
  readonly kind: 'relay' | 'webrtc';
  /** SDP for an INVITE or re-INVITE. A relay leg settles within the same turn (microtasks only). */
  createOffer(): Promise<string>;
  createAnswer(offer: string): Promise<string>;
  /**
   * Whether an offer could be answered at all, before anyone is disturbed: throws as `createAnswer` would reject, and
   * changes nothing. Left out where only the window can tell.
   */
  checkOffer?(offer: string): void;
  /** An answer: in a 200, or early in a 183. May come several times (early, then final). */
  applyAnswer(answer: string): Promise<void>;
  /** Takes back an offer that was refused (488, 491) or never answered. */
  rollback(): void;
  /** Our hold: the next offer says `sendonly`, and audio is gated at once. */
  setHold(held: boolean): void;
  /** Nothing of the microphone goes out. */
  setMuted(muted: boolean): void;
  /**
   * Sends RFC 4733 events: 0-9 * # A-D, `,` is a pause of 2 s; 100 ms a digit, 100 ms apart. Resolves when the last
   * one is out. Rejects with `call.not-possible-now` where no telephone-event was negotiated: SIP INFO is then left.
   */
  sendDigits(digits: string): Promise<void>;
  /** Connects the audio endpoint anew, after a window was reloaded or handed the audio over. */
  reconnectEndpoint(): void;
  readonly onNegotiated: Event<NegotiatedMedia>;
  /** `lost`: no packet from the endpoint for 2 s after it was connected. */
  readonly onEndpointState: Event<'connecting' | 'connected' | 'lost'>;
  /** First packet from the far end, after each negotiation with another source. */
  readonly onRemoteAudio: Event<void>;
  readonly onDigit: Event<string>;
  /** About every 2 s while packets flow: what we receive from the far end (and its reports of what it receives). */
  readonly onQuality?: Event<AudioQuality>;
  /** The leg is beyond repair (`call.media-lost`): its call should end. Fires once. */
  readonly onFailed?: Event<ErrorReport>;
  /** Only with `endpoint: 'synthetic'`. */
  readonly synthetic?: SyntheticEndpoint;
}

/** Gives every call its leg. `prepare` is called at start, so that the first call finds ports and certificate ready. */
export interface MediaLegFactory {
  prepare(): Promise<void>;
  /**
   * Synchronous: a relay leg takes a port pair from a pool filled ahead.
   * @param options.callId the call that the leg belongs to (names it to the audio endpoint)
   * @param options.localAddress IPv4 or IPv6 address to offer in SDP: the one the SIP flow uses
   */
  create(options: {
    callId: string;
    security: 'rtp' | 'srtp' | 'webrtc';
    localAddress: string;
    codecs: readonly CodecName[];
    stunServer: string | null;
    /** `endpoint` rings with the window's audio; `synthetic` is a tone generator and detector in the relay itself. */
    endpoint: 'window' | 'synthetic';
  }): MediaLeg;
}
