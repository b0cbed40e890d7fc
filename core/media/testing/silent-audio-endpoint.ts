import { OffhookError } from '#contract/errors.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { AudioEndpoint, AudioEndpointReport } from '../audio-endpoint.ts';

/** An audio endpoint where there is no window at all. */
export class SilentAudioEndpoint implements AudioEndpoint {
  readonly reports = new Emitter<AudioEndpointReport>();
  readonly onReport = this.reports.event;
  readonly codecs: string[] = [];

  createOffer(): Promise<string> {
    return Promise.reject(new OffhookError('audio.no-window'));
  }

  createAnswer(): Promise<string> {
    return Promise.reject(new OffhookError('audio.no-window'));
  }

  async applyAnswer(): Promise<void> {}

  async rollback(): Promise<void> {}

  async sendDigits(): Promise<void> {}

  setMuted(): void {}

  setCodec(_callId: string, codec: string): void {
    this.codecs.push(codec);
  }

  close(): void {}
}
