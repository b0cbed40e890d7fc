import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { AudioQuality } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { MediaLeg, MediaLegFactory, NegotiatedMedia } from './media-leg.ts';

/** A leg without sound, for tests: remembers what was asked of it. */
export class MemoryMediaLeg implements MediaLeg {
  readonly kind = 'relay';
  readonly negotiated = new Emitter<NegotiatedMedia>();
  readonly endpointState = new Emitter<'connecting' | 'connected' | 'lost'>();
  readonly remoteAudio = new Emitter<void>();
  readonly digit = new Emitter<string>();
  readonly quality = new Emitter<AudioQuality>();
  readonly failed = new Emitter<ErrorReport>();
  readonly onNegotiated = this.negotiated.event;
  readonly onEndpointState = this.endpointState.event;
  readonly onRemoteAudio = this.remoteAudio.event;
  readonly onDigit = this.digit.event;
  readonly onQuality = this.quality.event;
  readonly onFailed = this.failed.event;
  held = false;
  muted = false;
  disposed = false;
  /** False: the far end offered no telephone-event. */
  takesDigits = true;
  sentDigits: string[] = [];
  reconnections = 0;

  async createOffer(): Promise<string> {
    return 'v=0\r\n';
  }

  async createAnswer(): Promise<string> {
    return 'v=0\r\n';
  }

  async applyAnswer(): Promise<void> {}

  rollback(): void {}

  setHold(held: boolean): void {
    this.held = held;
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
  }

  async sendDigits(digits: string): Promise<void> {
    if (!this.takesDigits) throw new OffhookError('call.not-possible-now');
    this.sentDigits.push(digits);
  }

  reconnectEndpoint(): void {
    this.reconnections += 1;
  }

  dispose(): void {
    this.disposed = true;
  }
}

export class MemoryMediaLegFactory implements MediaLegFactory {
  readonly legs: MemoryMediaLeg[] = [];

  async prepare(): Promise<void> {}

  create(): MemoryMediaLeg {
    const leg = new MemoryMediaLeg();
    this.legs.push(leg);
    return leg;
  }
}
