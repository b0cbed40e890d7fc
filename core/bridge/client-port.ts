import type { AgentMessage } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** One window (or other program) on the other side of a MessagePort or WebSocket. What it sends is not to be trusted. */
export interface ClientPort {
  /** Never throws; a closed port swallows what is sent. */
  send(message: AgentMessage): void;
  readonly onMessage: Event<unknown>;
  readonly onClosed: Event<void>;
}
