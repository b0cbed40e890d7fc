import type { AgentBridge } from '#contract/ipc/index.ts';
import type { Settings } from '#contract/settings.ts';
import type { Clock, Disposable } from '#core/foundation/index.ts';

export interface ClipboardWatchOptions {
  bridge: AgentBridge;
  /** The clipboard's text; empty for anything else. */
  readText(): Promise<string>;
  clock: Clock;
}

const interval = 1_000;
/** A number with its remarks; who copies more does something else. */
const longest = 200;
const remembered = 50;

/** Offers to dial a number that was copied, once. Looks at the clipboard only while the user wants it. */
export class ClipboardWatch {
  private readonly options: ClipboardWatchOptions;
  private watching: Disposable | null = null;
  private last = '';
  private quiet = 0;
  private readonly offered = new Set<string>();

  constructor(options: ClipboardWatchOptions) {
    this.options = options;
  }

  follow(): void {
    const { bridge } = this.options;
    bridge.onConnection((state) => {
      if (state === 'open')
        void bridge.call('session.open', {}).then(
          ({ settings }) => this.use(settings),
          () => undefined,
        );
    });
    bridge.on('settings.changed', ({ settings }) => this.use(settings));
  }

  dispose(): void {
    this.watching?.dispose();
    this.watching = null;
  }

  /** What Offhook itself does with the clipboard is nobody's copying. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.quiet += 1;
    try {
      return await work();
    } finally {
      if (this.watching) this.last = await this.options.readText();
      this.quiet -= 1;
    }
  }

  private use({ clipboardWatching }: Pick<Settings, 'clipboardWatching'>): void {
    if (clipboardWatching === 'off') return this.dispose();
    if (this.watching) return;
    // What lies there already was not copied for this.
    void this.during(() => Promise.resolve());
    this.watching = this.options.clock.every(interval, () => void this.look());
  }

  private async look(): Promise<void> {
    if (this.quiet > 0) return;
    const text = await this.options.readText();
    if (text === this.last || this.quiet > 0 || !this.watching) return;
    this.last = text;
    const copied = text.trim();
    if (copied === '' || copied.length > longest || !/\d/.test(copied) || this.offered.has(copied)) return;
    this.offered.add(copied);
    const [oldest] = this.offered;
    if (this.offered.size > remembered && oldest !== undefined) this.offered.delete(oldest);
    // A text without a number is none of our business.
    this.options.bridge.call('dialRequests.open', { source: 'clipboard', text: copied }).catch(() => undefined);
  }
}
