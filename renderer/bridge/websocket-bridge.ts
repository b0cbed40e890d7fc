import { OffhookError, errorReport } from '#contract/errors.ts';
import { agentMessage } from '#contract/ipc/index.ts';
import type { ClientMessage, CommandInput, CommandName, CommandResult, EventName, EventPayload } from '#contract/ipc/index.ts';
import { Listeners } from './listeners.ts';
import type { WindowBridge } from './window-bridge.ts';

/** Close code by which the web shell says that the session cookie is not (or no longer) good. */
const sessionRefusedCode = 4401;
const firstDelayMilliseconds = 100;
const maximumDelayMilliseconds = 2000;

interface Pending {
  resolve: (result: never) => void;
  reject: (error: OffhookError) => void;
}

export interface WebSocketBridgeOptions {
  openSocket: () => WebSocket;
  /** Asks the shell, after a socket that never opened, whether the session is still good. */
  isRefused: () => Promise<boolean>;
  setTimer: (callback: () => void, milliseconds: number) => unknown;
}

/** Speaks the contract as JSON texts over one WebSocket, and connects again for as long as the window is open. */
export class WebSocketBridge implements WindowBridge {
  readonly #options: WebSocketBridgeOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #events = new Map<string, Listeners<never>>();
  readonly #connection = new Listeners<'open' | 'lost'>();
  readonly #refused = new Listeners<void>();
  #socket: WebSocket | null = null;
  #lastId = 0;
  #delay = firstDelayMilliseconds;

  constructor(options: WebSocketBridgeOptions) {
    this.#options = options;
  }

  start(): void {
    const socket = this.#options.openSocket();
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      this.#socket = socket;
      this.#delay = firstDelayMilliseconds;
      this.#connection.emit('open');
    });
    socket.addEventListener('message', (message) => this.#receive(String(message.data)));
    socket.addEventListener('close', (event) => void this.#closed(opened, event.code));
  }

  call<N extends CommandName>(command: N, args: CommandInput<N>): Promise<CommandResult<N>> {
    const socket = this.#socket;
    if (!socket) return Promise.reject(new OffhookError('bridge.closed'));
    const message: ClientMessage = { id: ++this.#lastId, command, args };
    return new Promise<CommandResult<N>>((resolve, reject) => {
      this.#pending.set(message.id, { resolve: resolve as (result: never) => void, reject });
      socket.send(JSON.stringify(message));
    });
  }

  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.#events.get(event) ?? new Listeners<never>();
    this.#events.set(event, listeners);
    return listeners.add(listener as (payload: never) => void);
  }

  onConnection(listener: (state: 'open' | 'lost') => void): () => void {
    return this.#connection.add(listener);
  }

  onRefused(listener: () => void): () => void {
    return this.#refused.add(listener);
  }

  #receive(text: string): void {
    const message = agentMessage.parse(JSON.parse(text));
    if ('event' in message) {
      this.#events.get(message.event)?.emit(message.payload as never);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('error' in message) pending?.reject(OffhookError.fromReport(errorReport.parse(message.error)));
    else pending?.resolve(message.result as never);
  }

  async #closed(opened: boolean, code: number): Promise<void> {
    this.#socket = null;
    for (const pending of this.#pending.values()) pending.reject(new OffhookError('bridge.closed'));
    this.#pending.clear();
    if (opened) this.#connection.emit('lost');
    if (code === sessionRefusedCode || (!opened && (await this.#options.isRefused()))) {
      this.#refused.emit();
      return;
    }
    this.#options.setTimer(() => this.start(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, maximumDelayMilliseconds);
  }
}
