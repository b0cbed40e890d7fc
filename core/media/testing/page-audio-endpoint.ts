import type { Page } from '@playwright/test';
import { Emitter } from '#core/foundation/index.ts';
import type { AudioEndpoint, AudioEndpointReport } from '../audio-endpoint.ts';
import { windowPage } from './window-page.ts';

/** An audio endpoint in a real browser's page, for tests. Its microphone is a tone. */
export class PageAudioEndpoint implements AudioEndpoint {
  private readonly page: Page;
  private readonly frequency: number;
  private readonly reports = new Emitter<AudioEndpointReport>();
  readonly onReport = this.reports.event;

  static async open(page: Page, frequency: number): Promise<PageAudioEndpoint> {
    const endpoint = new PageAudioEndpoint(page, frequency);
    await endpoint.load();
    return endpoint;
  }

  private constructor(page: Page, frequency: number) {
    this.page = page;
    this.frequency = frequency;
  }

  /** Also: what a reload of the window does. */
  async load(): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.evaluate(windowPage);
  }

  createOffer(callId: string): Promise<string> {
    return this.run('createOffer', callId, this.frequency);
  }

  createAnswer(): Promise<string> {
    return Promise.reject(new Error('not for a relay'));
  }

  async applyAnswer(callId: string, answer: string): Promise<void> {
    await this.run('applyAnswer', callId, answer);
  }

  async rollback(): Promise<void> {}

  async sendDigits(): Promise<void> {}

  setMuted(): void {}

  setCodec(callId: string, codec: string): void {
    this.tell('setCodec', callId, codec);
  }

  close(callId: string): void {
    this.tell('close', callId);
  }

  /** Resolves when the page hears this frequency; rejects after 5 s. */
  async hears(callId: string, frequency: number): Promise<void> {
    await this.page.waitForFunction(`Math.abs(phone.heard(${JSON.stringify(callId)}) - ${frequency}) < 12`, null, {
      timeout: 5000,
    });
  }

  /** A page that is just being left no longer answers, and need not. */
  private tell(method: string, ...values: unknown[]): void {
    this.run(method, ...values).catch(() => {});
  }

  private run<T>(method: string, ...values: unknown[]): Promise<T> {
    return this.page.evaluate(`phone.${method}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
  }
}
