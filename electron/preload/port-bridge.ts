import { OffhookError, errorReport } from '#contract/errors.ts';
import { agentMessage } from '#contract/ipc/index.ts';
import type { AgentBridge, ClientMessage, CommandInput, CommandName, CommandResult, EventName, EventPayload } from '#contract/ipc/index.ts';

/** What a window's MessagePort and the main process' MessagePortMain have in common. */
export interface Port {
  postMessage(message: unknown): void;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
}

interface Pending {
  resolve(result: never): void;
  reject(error: OffhookError): void;
}

/** Speaks the contract over whichever port the main process hands in; a new one after the agent was started anew. */
export class PortBridge implements AgentBridge {
  private port: Port | null = null;
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, Set<(payload: never) => void>>();
  private readonly connectionListeners = new Set<(state: 'open' | 'lost') => void>();

  attach(port: Port): void {
    this.lose();
    this.port = port;
    port.onMessage((data) => this.port === port && this.receive(data));
    port.onClose(() => this.port === port && this.lose());
    for (const listener of this.connectionListeners) listener('open');
  }

  call<N extends CommandName>(command: N, args: CommandInput<N>): Promise<CommandResult<N>> {
    const { port } = this;
    if (!port) return Promise.reject(new OffhookError('bridge.closed'));
    this.lastId += 1;
    const message: ClientMessage = { id: this.lastId, command, args };
    return new Promise<CommandResult<N>>((resolve, reject) => {
      this.pending.set(message.id, { resolve: resolve as (result: never) => void, reject });
      port.postMessage(message);
    });
  }

  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners);
    listeners.add(listener as (payload: never) => void);
    return () => listeners.delete(listener as (payload: never) => void);
  }

  onConnection(listener: (state: 'open' | 'lost') => void): () => void {
    this.connectionListeners.add(listener);
    // Whoever comes after the port has come must not wait for the next one.
    if (this.port) listener('open');
    return () => this.connectionListeners.delete(listener);
  }

  private receive(data: unknown): void {
    const message = agentMessage.parse(data);
    if ('event' in message) {
      for (const listener of this.listeners.get(message.event) ?? []) listener(message.payload as never);
      return;
    }
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if ('error' in message) pending?.reject(OffhookError.fromReport(errorReport.parse(message.error)));
    else pending?.resolve(message.result as never);
  }

  private lose(): void {
    if (!this.port) return;
    this.port = null;
    for (const pending of this.pending.values()) pending.reject(new OffhookError('bridge.closed'));
    this.pending.clear();
    for (const listener of this.connectionListeners) listener('lost');
  }
}
