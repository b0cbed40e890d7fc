import type { AgentBridge, DialRequest } from '#contract/ipc/index.ts';
import { showLine } from '#core/foundation/index.ts';
import type { Notifier } from './call-notifications.ts';
import type { MainWords } from './words.ts';

export interface RequestAttentionOptions {
  notifier: Notifier;
  /** Shows the window; `focused` also gives it the keyboard. */
  showWindow(focused: boolean): void;
  words: MainWords;
}

/**
 * Brings the window forward when it asks something. The keyboard goes along only for what the user has just done in a
 * program that can be told: a page that opens a link shall not catch what is being typed. A copied number is said by a
 * notification alone.
 */
export class RequestAttention {
  private readonly options: RequestAttentionOptions;
  private readonly known = new Set<string>();
  private takeBack: (() => void) | null = null;

  constructor(options: RequestAttentionOptions) {
    this.options = options;
  }

  follow(bridge: Pick<AgentBridge, 'on'>): () => void {
    return bridge.on('dialRequests.changed', ({ requests }) => this.update(requests));
  }

  private update(requests: readonly DialRequest[]): void {
    const { notifier, showWindow, words } = this.options;
    const fresh = requests.filter(({ id }) => !this.known.has(id));
    this.known.clear();
    for (const { id } of requests) this.known.add(id);
    if (requests.length === 0) {
      this.takeBack?.();
      this.takeBack = null;
    }
    for (const { source, canTrust, candidates } of fresh) {
      if (source !== 'clipboard') {
        showWindow(source === 'selection' || (source === 'link' && canTrust));
        continue;
      }
      this.takeBack?.();
      const number = showLine(candidates[0]?.display ?? '', 60);
      this.takeBack = notifier.show(words.copiedNumber, number, () => showWindow(true));
    }
  }
}
