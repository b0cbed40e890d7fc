import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { AudioQuality } from '#contract/ipc/index.ts';
import { Emitter, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { AudioEndpoint } from '../audio-endpoint.ts';
import type { CodecName, MediaLeg, NegotiatedMedia, SyntheticEndpoint } from '../media-leg.ts';
import { AudioNegotiation, type NegotiatedAudio } from '../sdp/audio-negotiation.ts';
import type { RelayClient } from './relay-client.ts';
import type { LegReport, ReservedPorts } from './relay-protocol.ts';

export interface RelayMediaLegOptions {
  callId: string;
  security: 'rtp' | 'srtp';
  localAddress: string;
  codecs: readonly CodecName[];
  endpoint: 'window' | 'synthetic';
  client: RelayClient;
  audioEndpoint: AudioEndpoint;
  logger: Logger;
  randomBytes: (size: number) => Buffer;
}

interface Opened extends Disposable {
  legId: number;
  negotiation: AudioNegotiation;
}

/** A call's media through the relay. SDP is made here, from ports that the worker has bound already. */
export class RelayMediaLeg implements MediaLeg {
  readonly kind = 'relay';
  readonly synthetic?: SyntheticEndpoint;
  private readonly options: RelayMediaLegOptions;
  private opened: Opened | null = null;
  private readonly opening: Promise<Opened> | null = null;
  private held = false;
  private muted = false;
  private disposed = false;
  private connections = 0;
  private connected = false;
  private tone: number | null = null;
  private readonly negotiated = new Emitter<NegotiatedMedia>();
  private readonly endpointState = new Emitter<'connecting' | 'connected' | 'lost'>();
  private readonly remoteAudio = new Emitter<void>();
  private readonly digit = new Emitter<string>();
  private readonly quality = new Emitter<AudioQuality>();
  private readonly failed = new Emitter<ErrorReport>();
  private readonly heardTone = new Emitter<{ frequency: number; level: number; at: number }>();

  readonly onNegotiated = this.negotiated.event;
  readonly onEndpointState = this.endpointState.event;
  readonly onRemoteAudio = this.remoteAudio.event;
  readonly onDigit = this.digit.event;
  readonly onQuality = this.quality.event;
  readonly onFailed = this.failed.event;

  constructor(options: RelayMediaLegOptions) {
    this.options = options;
    if (options.endpoint === 'synthetic') {
      this.synthetic = { setTone: (frequency) => this.setTone(frequency), onTone: this.heardTone.event };
    }
    const ports = options.client.takePorts(options.localAddress);
    if (ports instanceof Promise) {
      this.opening = ports.then((found) => this.open(found));
      // Whoever asks for SDP meets the failure; nobody may ask any more.
      this.opening.catch(() => {});
    } else this.open(ports);
    // After the caller has its leg and listens.
    if (options.endpoint === 'window') queueMicrotask(() => this.connectEndpoint(false));
  }

  async createOffer(): Promise<string> {
    const { negotiation } = this.opened ?? (await this.whenOpen());
    return negotiation.createOffer(this.wish);
  }

  async createAnswer(offer: string): Promise<string> {
    const { negotiation } = this.opened ?? (await this.whenOpen());
    const answer = negotiation.createAnswer(offer, this.wish);
    this.apply(answer.negotiated);
    return answer.sdp;
  }

  checkOffer(offer: string): void {
    const { codecs, security, localAddress: address, randomBytes } = this.options;
    // Its answer is thrown away: any port will do.
    new AudioNegotiation({ codecs, security, address, port: 9, rtcpPort: 9, randomBytes }).createAnswer(offer, 'sendrecv');
  }

  async applyAnswer(answer: string): Promise<void> {
    const { negotiation } = this.opened ?? (await this.whenOpen());
    this.apply(negotiation.applyAnswer(answer));
  }

  rollback(): void {
    this.opened?.negotiation.rollback();
  }

  setHold(held: boolean): void {
    this.held = held;
    this.gate();
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    this.gate();
  }

  async sendDigits(digits: string): Promise<void> {
    if (!this.opened) throw new OffhookError('call.not-possible-now');
    await this.options.client.request({ kind: 'digits', legId: this.opened.legId, digits });
  }

  reconnectEndpoint(): void {
    if (this.options.endpoint === 'window') this.connectEndpoint(true);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.opened?.dispose();
    if (this.options.endpoint === 'window') this.options.audioEndpoint.close(this.options.callId);
    const { negotiated, endpointState, remoteAudio, digit, quality, failed, heardTone } = this;
    for (const emitter of [negotiated, endpointState, remoteAudio, digit, quality, failed, heardTone])
      emitter.dispose();
  }

  private get wish(): 'sendrecv' | 'sendonly' {
    return this.held ? 'sendonly' : 'sendrecv';
  }

  private whenOpen(): Promise<Opened> {
    if (this.disposed || !this.opening)
      return Promise.reject(new OffhookError('call.media-lost', { detail: 'the leg is closed' }));
    return this.opening;
  }

  private open(ports: ReservedPorts): Opened {
    const { client, endpoint, codecs, security, randomBytes } = this.options;
    const leg = client.openLeg(ports.id, endpoint, {
      report: (report) => this.report(report),
      failed: (error) => this.failed.fire(error),
    });
    const { address, port, rtcpPort } = ports;
    const negotiation = new AudioNegotiation({ codecs, security, address, port, rtcpPort, randomBytes });
    this.opened = { legId: leg.legId, negotiation, dispose: () => leg.dispose() };
    if (this.disposed) this.opened.dispose();
    else {
      if (this.held || this.muted) this.gate();
      if (this.tone !== null) this.setTone(this.tone);
    }
    return this.opened;
  }

  private apply(media: NegotiatedAudio): void {
    if (!this.opened || this.disposed) return;
    this.options.client.post({ kind: 'negotiated', legId: this.opened.legId, media });
    if (this.connected) this.options.audioEndpoint.setCodec(this.options.callId, media.codec);
    this.negotiated.fire({ codec: media.codec, encrypted: media.srtp !== null, direction: media.direction });
  }

  private gate(): void {
    const { held, muted } = this;
    if (this.opened) this.options.client.post({ kind: 'gate', legId: this.opened.legId, held, muted });
  }

  private setTone(frequency: number | null): void {
    this.tone = frequency;
    if (this.opened) this.options.client.post({ kind: 'tone', legId: this.opened.legId, frequency });
  }

  /** Trouble with sound never fails the SIP call: it is reported, and tried again when a window asks. */
  private connectEndpoint(fresh: boolean): void {
    const turn = ++this.connections;
    if (this.disposed) return;
    this.endpointState.fire('connecting');
    this.negotiateEndpoint(turn, fresh).catch((error: unknown) => {
      if (turn !== this.connections || this.disposed) return;
      this.options.logger.warn('the window could not be connected to the call', {
        callId: this.options.callId,
        error: String(error),
      });
      this.endpointState.fire('lost');
    });
  }

  private async negotiateEndpoint(turn: number, fresh: boolean): Promise<void> {
    const { audioEndpoint, callId, client } = this.options;
    this.connected = false;
    const options = { leg: 'relay', fresh, stunServer: null, direction: 'sendrecv' } as const;
    const offer = await audioEndpoint.createOffer(callId, options);
    const { legId, negotiation } = this.opened ?? (await this.whenOpen());
    if (turn !== this.connections || this.disposed) return;
    const answer = await client.request({ kind: 'endpoint-offer', legId, offer });
    if (turn !== this.connections || this.disposed || answer === null) return;
    await audioEndpoint.applyAnswer(callId, answer);
    if (turn !== this.connections || this.disposed) return;
    this.connected = true;
    if (negotiation.negotiated) audioEndpoint.setCodec(callId, negotiation.negotiated.codec);
  }

  private report(report: LegReport): void {
    if (report.kind === 'summary') this.logSummary(report.counters);
    else if (report.kind === 'endpoint-state') this.endpointState.fire(report.state);
    else if (report.kind === 'remote-audio') this.remoteAudio.fire();
    else if (report.kind === 'digit') this.digit.fire(report.digit);
    else if (report.kind === 'quality') this.quality.fire(report.quality);
    else this.heardTone.fire({ frequency: report.frequency, level: report.level, at: report.at });
  }

  /** Once a call: what was dropped, and why. */
  private logSummary({ sent, ...dropped }: Record<string, number>): void {
    const causes = Object.entries(dropped).filter(([, count]) => count > 0);
    const fields = { callId: this.options.callId, sent, ...Object.fromEntries(causes) };
    if (causes.length > 0) this.options.logger.warn('packets of a call were dropped', fields);
    else this.options.logger.info('the media of a call ended', fields);
  }
}
