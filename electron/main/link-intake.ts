import { toReport } from '#contract/errors.ts';
import type { AgentBridge, DialOrigin } from '#contract/ipc/index.ts';
import type { Clock } from '#core/foundation/index.ts';

export interface LinkIntakeOptions {
  bridge: AgentBridge;
  /** Which program a process belongs to, or was started by. */
  findOrigin(pid: number): Promise<DialOrigin | null>;
  clock: Clock;
}

/** A line needs a moment to register after the start; a trusted program's call waits for it. ms. */
const registrationPatience = 8_000;

/** Links on their way to the agent: kept until it is there, also when Offhook was started by one. */
export class LinkIntake {
  private readonly options: LinkIntakeOptions;
  private readonly waiting: { link: string; pid: number | null }[] = [];
  private sending = false;
  private connected = false;

  constructor(options: LinkIntakeOptions) {
    this.options = options;
    options.bridge.onConnection((state) => {
      this.connected = state === 'open';
      void this.send();
    });
  }

  open(link: string, pid: number | null): void {
    this.waiting.push({ link, pid });
    void this.send();
  }

  /** One after the other, in their order. */
  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let next = this.waiting[0]; next && this.connected; next = this.waiting[0]) {
      if (!(await this.deliver(next.link, next.pid))) break;
      this.waiting.shift();
    }
    this.sending = false;
  }

  /** False when the agent went away meanwhile: it is asked again when it is back. What it refuses it shows itself. */
  private async deliver(link: string, pid: number | null): Promise<boolean> {
    const { bridge, findOrigin } = this.options;
    try {
      const origin = pid === null ? null : await findOrigin(pid);
      await this.registered();
      await bridge.call('dialRequests.open', { source: 'link', text: link, origin });
      return true;
    } catch (error) {
      return toReport(error).code !== 'bridge.closed';
    }
  }

  private async registered(): Promise<void> {
    const { bridge, clock } = this.options;
    type Lines = Awaited<ReturnType<typeof bridge.call<'session.open'>>>['lines'];
    const any = (lines: Lines) => lines.some(({ registration }) => registration.state === 'registered');
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = bridge.on('lines.changed', ({ lines }) => any(lines) && resolve());
    const limit = clock.after(registrationPatience, resolve);
    try {
      if (any((await bridge.call('session.open', {})).lines)) return;
      await promise;
    } finally {
      stop();
      limit.dispose();
    }
  }
}
