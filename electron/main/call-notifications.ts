import type { AgentBridge, CallSnapshot } from '#contract/ipc/index.ts';
import type { MainWords } from './words.ts';

export interface Notifier {
  /** Shows a notification and returns the way to take it back. */
  show(title: string, body: string, onClick: () => void): () => void;
}

/** Tells of an incoming call by the system's own notification while the window is not in front. */
export class CallNotifications {
  private readonly shown = new Map<string, () => void>();
  private readonly notifier: Notifier;
  private readonly isWindowInFront: () => boolean;
  private readonly showWindow: () => void;
  private readonly words: MainWords;

  constructor(options: { notifier: Notifier; isWindowInFront(): boolean; showWindow(): void; words: MainWords }) {
    this.notifier = options.notifier;
    this.isWindowInFront = options.isWindowInFront;
    this.showWindow = options.showWindow;
    this.words = options.words;
  }

  follow(bridge: Pick<AgentBridge, 'on'>): () => void {
    return bridge.on('calls.changed', ({ calls }) => this.update(calls));
  }

  private update(calls: readonly CallSnapshot[]): void {
    const ringing = calls.filter((call) => call.state === 'offering');
    for (const [id, takeBack] of this.shown) {
      if (ringing.some((call) => call.id === id)) continue;
      takeBack();
      this.shown.delete(id);
    }
    for (const call of ringing) {
      if (this.shown.has(call.id) || this.isWindowInFront()) continue;
      const who = call.remote.name ?? call.remote.display;
      this.shown.set(call.id, this.notifier.show(this.words.incomingCall, who, this.showWindow));
    }
  }
}
