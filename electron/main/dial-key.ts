import { toReport, type ErrorCode } from '#contract/errors.ts';
import type { AgentBridge } from '#contract/ipc/index.ts';
import type { Clock, Disposable } from '#core/foundation/index.ts';

/** Keys that work in every program. */
export interface GlobalKeys {
  /** False when they belong to somebody else, or are none. */
  register(accelerator: string, pressed: () => void): boolean;
  unregister(accelerator: string): void;
}

export interface DialKeyOptions {
  bridge: AgentBridge;
  keys: GlobalKeys;
  /** What is selected in the program in front. */
  readSelection(): Promise<string>;
  /** Tells the user in a few words; `key` for keys that cannot be had. */
  tell(what: 'key' | ErrorCode): void;
  clock: Clock;
}

/** Letters of a new key come one by one into its setting. ms. */
const settlingTime = 1_000;

/** The key that dials what is selected: registered as the setting says, anew when it changes. */
export class DialKey {
  private readonly options: DialKeyOptions;
  private wanted = '';
  private registered = '';
  private settling: Disposable | null = null;
  private reading = false;

  constructor(options: DialKeyOptions) {
    this.options = options;
  }

  follow(): void {
    const { bridge, clock } = this.options;
    bridge.onConnection((state) => {
      if (state === 'open')
        void bridge.call('session.open', {}).then(
          ({ settings }) => this.use(settings.dialSelectionKey),
          () => undefined,
        );
    });
    bridge.on('settings.changed', ({ settings }) => {
      this.settling?.dispose();
      this.settling = clock.after(settlingTime, () => this.use(settings.dialSelectionKey));
    });
  }

  dispose(): void {
    this.settling?.dispose();
    this.use('');
  }

  private use(accelerator: string): void {
    const { keys, tell } = this.options;
    if (accelerator === this.wanted) return;
    this.wanted = accelerator;
    if (this.registered !== '') keys.unregister(this.registered);
    this.registered = '';
    if (accelerator === '') return;
    if (keys.register(accelerator, () => void this.pressed())) this.registered = accelerator;
    else tell('key');
  }

  private async pressed(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    const { bridge, readSelection, tell } = this.options;
    try {
      const text = await readSelection();
      await bridge.call('dialRequests.open', { source: 'selection', text });
    } catch (error) {
      const { code } = toReport(error);
      // What the agent finds in a text, or does not find, the window shows.
      if (!code.startsWith('dial.')) tell(code);
    } finally {
      this.reading = false;
    }
  }
}
