import type { DemoAccount, FromStarter, ToStarter } from '../messages.ts';

/** The part of `process` that speaks to a parent with an IPC pipe; `send` is missing where there is none. */
export interface StarterChannel {
  send?(message: ToStarter): unknown;
  readonly connected: boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/** The program that started Electron, where one did: it runs the built-in exchange and has the terminal. */
export class StarterLink {
  private readonly channel: StarterChannel;
  private wanted: ((demo: DemoAccount | null) => void)[] = [];

  constructor(channel: StarterChannel) {
    this.channel = channel;
    channel.on('message', (message) => this.settle((message as FromStarter).demo));
    channel.on('disconnect', () => this.settle(null));
  }

  /** Has the built-in exchange started if need be. Null where nobody can, or where it did not start. */
  demo(): Promise<DemoAccount | null> {
    if (!this.tell({ kind: 'demo-wanted' })) return Promise.resolve(null);
    return new Promise((resolve) => this.wanted.push(resolve));
  }

  /** @returns false when nobody is there to hear it */
  tell(message: ToStarter): boolean {
    const { channel } = this;
    if (!channel.send || !channel.connected) return false;
    channel.send(message);
    return true;
  }

  private settle(demo: DemoAccount | null): void {
    for (const resolve of this.wanted.splice(0)) resolve(demo);
  }
}
