import type { AgentBridge, CallSnapshot } from '#contract/ipc/index.ts';
import type { MainWords } from './words.ts';

export interface Notifier {
  /** Shows a notification and returns the way to take it back. */
  show(title: string, body: string, onClick: () => void): () => void;
}

/** Direction overrides and control characters could turn what is shown around (Unicode TR 36). */
const deceiving = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const longest = 120;

const clean = (text: string) => text.replace(deceiving, '').trim().slice(0, longest);

/** As the window says it: by the directories first, then by the name that came with the call, then by its number. */
function whoCalls({ remote, match }: CallSnapshot, { doubts, withheld }: MainWords): string {
  if (remote.withheld) return withheld;
  const number = clean(remote.display);
  if (!match) return clean(remote.name ?? '') || number;
  const { confidence, person } = match;
  const doubt = confidence === 'likely' || confidence === 'possible' ? doubts[confidence] : '';
  const name = clean(person.name) && doubt + clean(person.name);
  return [name, clean(person.firm), number].filter(Boolean).join(' · ');
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
      const who = whoCalls(call, this.words);
      this.shown.set(call.id, this.notifier.show(this.words.incomingCall, who, this.showWindow));
    }
  }
}
