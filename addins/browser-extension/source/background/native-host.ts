import { nativeHostName } from '#contract/browser-extension/identity.ts';
import type { HostAnswer, HostResults } from '#contract/browser-extension/messages.ts';
import type { DialAnswer, PhoneState } from '../messages.ts';

type Asked = { command: 'dial'; number: string } | { command: 'status' };

/** What the browser gives to the host, and its answer; rejects where it cannot start it. */
export type SendNative = (host: string, message: object) => Promise<unknown>;

/** The host that Offhook has told the browser about. Started by the browser for one question, and ended after it. */
export class NativeHost {
  private readonly send: SendNative;
  private readonly language: 'ru' | 'en';
  private lastId = 0;

  constructor(send: SendNative, language: string) {
    this.send = send;
    this.language = /^ru/i.test(language) ? 'ru' : 'en';
  }

  async dial(number: string): Promise<DialAnswer> {
    const answer = await this.ask({ command: 'dial', number });
    if (answer === null) return { outcome: 'no-host' };
    if (answer.error === null) return { outcome: answer.result.outcome };
    if (answer.error.code === 'not-running') return { outcome: 'not-running' };
    return { outcome: 'failed', sentence: answer.error.sentence };
  }

  async state(): Promise<PhoneState> {
    const answer = await this.ask({ command: 'status' });
    if (answer === null) return { state: 'no-host' };
    if (answer.error !== null) return { state: 'not-running' };
    return { state: answer.result.registered ? 'registered' : 'unregistered' };
  }

  private async ask<A extends Asked>(asked: A): Promise<HostAnswer<A['command'] & keyof HostResults> | null> {
    this.lastId += 1;
    try {
      const message = { id: this.lastId, language: this.language, ...asked };
      return (await this.send(nativeHostName, message)) as HostAnswer<A['command'] & keyof HostResults>;
    } catch {
      // The browser says no more than that it could not: not installed, or gone before it answered.
      return null;
    }
  }
}
