import type { AudioQuality } from '#contract/ipc/index.ts';
import { DisposableStore, Emitter, type Logger } from '#core/foundation/index.ts';
import type { AudioEndpoint, AudioEndpointReport } from './audio-endpoint.ts';
import type { CodecName, MediaDirection, MediaLeg, NegotiatedMedia } from './media-leg.ts';
import { meet } from './sdp/audio-negotiation.ts';
import { parseSessionDescription } from './sdp/parse-session-description.ts';
import { readAudio, type AudioDescription } from './sdp/read-audio.ts';
import { notAcceptable } from './sdp/session-description.ts';

export interface WebRtcMediaLegOptions {
  callId: string;
  stunServer: string | null;
  audioEndpoint: AudioEndpoint;
  logger: Logger;
}

/** A call of a WebRTC line: the window's own SDP goes to the PBX as it is, and sound never passes through the agent. */
export class WebRtcMediaLeg implements MediaLeg {
  readonly kind = 'webrtc';
  private readonly options: WebRtcMediaLegOptions;
  private readonly store = new DisposableStore();
  private held = false;
  private muted = false;
  private disposed = false;
  /** The next offer or answer needs a new connection: the window was reloaded. */
  private fresh = false;
  private offer: { audio: AudioDescription; pending: boolean } | null = null;
  private appliedAnswer: string | null = null;
  private readonly negotiated = new Emitter<NegotiatedMedia>();
  private readonly endpointState = new Emitter<'connecting' | 'connected' | 'lost'>();
  private readonly remoteAudio = new Emitter<void>();
  private readonly digit = new Emitter<string>();
  private readonly quality = new Emitter<AudioQuality>();

  readonly onNegotiated = this.negotiated.event;
  readonly onEndpointState = this.endpointState.event;
  readonly onRemoteAudio = this.remoteAudio.event;
  /** Never fires: browsers do not hand received telephone events to a page. */
  readonly onDigit = this.digit.event;
  readonly onQuality = this.quality.event;

  constructor(options: WebRtcMediaLegOptions) {
    this.options = options;
    const emitters = [this.negotiated, this.endpointState, this.remoteAudio, this.digit, this.quality];
    for (const emitter of emitters) this.store.add(emitter);
    this.store.add(options.audioEndpoint.onReport((report) => this.reported(report)));
  }

  async createOffer(): Promise<string> {
    const { audioEndpoint, callId, stunServer } = this.options;
    const { direction, fresh } = this;
    this.fresh = false;
    const text = await audioEndpoint.createOffer(callId, { leg: 'webrtc', fresh, stunServer, direction });
    this.offer = { audio: readWindow(text), pending: true };
    this.appliedAnswer = null;
    return text;
  }

  async createAnswer(offer: string): Promise<string> {
    const theirs = readWebRtcOffer(offer);
    const { audioEndpoint, callId, stunServer } = this.options;
    const text = await audioEndpoint.createAnswer(callId, offer, { stunServer, direction: this.direction });
    this.offer = null;
    this.applyMute();
    this.fireNegotiated(readWindow(text), meet(this.direction, theirs.direction));
    return text;
  }

  /** A connection takes one answer an offer: the final answer that repeats an early one changes nothing. */
  async applyAnswer(answer: string): Promise<void> {
    const theirs = readWebRtcOffer(answer);
    const { offer } = this;
    if (!offer) throw notAcceptable('an answer without an offer');
    if (this.appliedAnswer !== null && sameTransport(this.appliedAnswer, answer)) return;
    if (!offer.pending) throw notAcceptable('a second, different answer to one WebRTC offer');
    await this.options.audioEndpoint.applyAnswer(this.options.callId, answer);
    offer.pending = false;
    this.appliedAnswer = answer;
    this.applyMute();
    this.fireNegotiated(theirs, meet(offer.audio.direction, theirs.direction));
  }

  rollback(): void {
    if (!this.offer?.pending) return;
    this.offer = null;
    this.options.audioEndpoint
      .rollback(this.options.callId)
      .catch((error: unknown) => this.warn('an offer was not taken back', error));
  }

  setHold(held: boolean): void {
    this.held = held;
    this.applyMute();
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    this.applyMute();
  }

  sendDigits(digits: string): Promise<void> {
    return this.options.audioEndpoint.sendDigits(this.options.callId, digits);
  }

  /** The caller re-invites after this: the new connection reaches the far end with the next offer. */
  reconnectEndpoint(): void {
    this.fresh = true;
    this.endpointState.fire('connecting');
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.options.audioEndpoint.close(this.options.callId);
    this.store.dispose();
  }

  private get direction(): 'sendrecv' | 'sendonly' {
    return this.held ? 'sendonly' : 'sendrecv';
  }

  /** Chromium goes on sending the microphone during a sendonly hold. */
  private applyMute(): void {
    this.options.audioEndpoint.setMuted(this.options.callId, this.muted || this.held);
  }

  private fireNegotiated(audio: AudioDescription, direction: MediaDirection): void {
    const codec = audio.formats.find((format) => format.name !== 'telephone-event')?.name as CodecName | undefined;
    if (codec) this.negotiated.fire({ codec, encrypted: true, direction });
  }

  private reported({ callId, state, quality }: AudioEndpointReport): void {
    if (callId !== this.options.callId) return;
    this.endpointState.fire(state);
    if (state === 'connected') this.remoteAudio.fire();
    if (quality) this.quality.fire(quality);
  }

  private warn(message: string, error: unknown): void {
    this.options.logger.warn(message, { callId: this.options.callId, error: String(error) });
  }
}

function readWindow(text: string): AudioDescription {
  return readAudio(parseSessionDescription(text));
}

function readWebRtcOffer(text: string): AudioDescription {
  const audio = readAudio(parseSessionDescription(text));
  if (!audio.webRtc) throw notAcceptable('no ICE credentials or DTLS fingerprint');
  return audio;
}

/** Same connection: the ICE password and the fingerprints are the same, whatever else was rewritten on the way. */
function sameTransport(a: string, b: string): boolean {
  const [first, second] = [readWindow(a).webRtc, readWindow(b).webRtc];
  return first?.password === second?.password && first?.fingerprints[0]?.value === second?.fingerprints[0]?.value;
}
