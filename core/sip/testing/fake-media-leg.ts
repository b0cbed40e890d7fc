import { OffhookError } from '#contract/errors.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { MediaLeg, NegotiatedMedia } from '#core/media/index.ts';

/** A media leg without media: plain SDP out, and a record of what came in. */
export class FakeMediaLeg implements MediaLeg {
  readonly kind = 'relay';
  readonly taken: string[] = [];
  readonly answers: string[] = [];
  rollbacks = 0;
  /** When set, whatever SDP comes in is refused. */
  refuses = false;
  /** When set, an offer is refused before it rings. */
  refusesAtOnce = false;
  /** An offer waits for this, as one that a window makes does. */
  offerReady: Promise<void> = Promise.resolve();
  private held = false;
  private version = 0;
  private readonly emitters = {
    negotiated: new Emitter<NegotiatedMedia>(),
    state: new Emitter<'connecting' | 'connected' | 'lost'>(),
    audio: new Emitter<void>(),
    digit: new Emitter<string>(),
  };
  readonly onNegotiated = this.emitters.negotiated.event;
  readonly onEndpointState = this.emitters.state.event;
  readonly onRemoteAudio = this.emitters.audio.event;
  readonly onDigit = this.emitters.digit.event;
  /** Lines that are put behind the SDP, to make it as long as a WebRTC one. */
  private readonly padding: string;

  constructor(padding = '') {
    this.padding = padding;
  }

  get offer(): string {
    this.version += 1;
    const direction = this.held ? 'sendonly' : 'sendrecv';
    const lines = [
      'v=0',
      `o=- 1 ${this.version} IN IP4 127.0.0.1`,
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      'm=audio 40000 RTP/AVP 8',
      `a=${direction}`,
    ];
    return `${lines.join('\r\n')}\r\n${this.padding}`;
  }

  async createOffer(): Promise<string> {
    await this.offerReady;
    return this.offer;
  }

  async createAnswer(offer: string): Promise<string> {
    if (this.refuses) throw new OffhookError('call.media-not-acceptable', { values: { status: 488 } });
    this.taken.push(offer);
    return this.offer;
  }

  checkOffer(): void {
    if (this.refusesAtOnce) throw new OffhookError('call.media-not-acceptable', { values: { status: 488 } });
  }

  async applyAnswer(answer: string): Promise<void> {
    if (this.refuses) throw new OffhookError('call.media-not-acceptable', { values: { status: 488 } });
    this.answers.push(answer);
  }

  rollback(): void {
    this.rollbacks += 1;
  }

  setHold(held: boolean): void {
    this.held = held;
  }

  setMuted(): void {}

  async sendDigits(): Promise<void> {}

  reconnectEndpoint(): void {}

  dispose(): void {}
}
