import type { AgentMessage } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { ClientPort } from './client-port.ts';

/** A window without a wire, for tests and for programs in the agent's own process. */
export class MemoryClientPort implements ClientPort {
  readonly sent: AgentMessage[] = [];
  private readonly messages = new Emitter<unknown>();
  private readonly closed = new Emitter<void>();
  private readonly delivered = new Emitter<AgentMessage>();
  readonly onMessage = this.messages.event;
  readonly onClosed = this.closed.event;
  /** What the agent sends, as it comes. */
  readonly onSent = this.delivered.event;

  send(message: AgentMessage): void {
    this.sent.push(message);
    this.delivered.fire(message);
  }

  /** The window speaks. */
  say(message: unknown): void {
    this.messages.fire(message);
  }

  close(): void {
    this.closed.fire();
  }

  /** Payloads of one event, oldest first. */
  events(name: string): unknown[] {
    return this.sent.flatMap((message) => ('event' in message && message.event === name ? [message.payload] : []));
  }

  /** Answer to a command, once it is there. */
  reply(id: number): Promise<AgentMessage> {
    const there = this.sent.find((message) => 'id' in message && message.id === id);
    if (there) return Promise.resolve(there);
    return new Promise((resolve) => {
      const listening = this.onSent((message) => {
        if (!('id' in message) || message.id !== id) return;
        listening.dispose();
        resolve(message);
      });
    });
  }
}
