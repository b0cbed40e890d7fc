import { OffhookError, toReport } from '#contract/errors.ts';
import {
  clientMessage,
  commands,
  type CommandArguments,
  type CommandName,
  type CommandResult,
  type EventName,
  type EventPayload,
} from '#contract/ipc/index.ts';
import { DisposableStore, Emitter, toDisposable, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { ClientPort } from './client-port.ts';

export type CommandHandlers = {
  [N in CommandName]: (
    args: CommandArguments<N>,
    client: ClientPort,
  ) => CommandResult<N> | Promise<CommandResult<N>>;
};

/** The agent's side of the contract: validates what windows ask, answers each, and tells all of them what changes. */
export class AgentBridge {
  private readonly clients = new Set<ClientPort>();
  private readonly left = new Emitter<ClientPort>();
  private readonly logger: Logger;
  private handlers: CommandHandlers | null = null;

  /** A window went away. */
  readonly onClientClosed = this.left.event;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  handle(handlers: CommandHandlers): void {
    this.handlers = handlers;
  }

  get clientCount(): number {
    return this.clients.size;
  }

  connect(client: ClientPort): Disposable {
    const store = new DisposableStore();
    this.clients.add(client);
    store.add(
      toDisposable(() => {
        if (this.clients.delete(client)) this.left.fire(client);
      }),
    );
    store.add(client.onMessage((message) => void this.receive(client, message)));
    store.add(client.onClosed(() => store.dispose()));
    return store;
  }

  broadcast<N extends EventName>(event: N, payload: EventPayload<N>): void {
    for (const client of this.clients) client.send({ event, payload });
  }

  sendTo<N extends EventName>(client: ClientPort, event: N, payload: EventPayload<N>): void {
    client.send({ event, payload });
  }

  private async receive(client: ClientPort, raw: unknown): Promise<void> {
    const message = clientMessage.safeParse(raw);
    if (!message.success) {
      this.logger.warn('a message without an id or a command was dropped', { issue: message.error.issues[0]?.message });
      return;
    }
    const { id, command, args } = message.data;
    try {
      client.send({ id, result: await this.run(client, command, args) });
    } catch (error) {
      const report = toReport(error);
      if (report.code === 'internal.bug') this.logger.error('a command failed unexpectedly', { command, error });
      client.send({ id, error: report });
    }
  }

  private async run(client: ClientPort, command: string, raw: unknown): Promise<unknown> {
    if (!this.handlers || !Object.hasOwn(commands, command)) throw new OffhookError('bridge.unknown-command', { detail: command.slice(0, 80) });
    const name = command as CommandName;
    const args = commands[name].args.safeParse(raw ?? {});
    if (!args.success) {
      const issue = args.error.issues[0];
      // The path and the rule, never the value: it may be a password.
      throw new OffhookError('bridge.invalid-arguments', {
        detail: `${name}: ${issue?.path.join('.') || 'arguments'}: ${issue?.message ?? 'not valid'}`,
      });
    }
    const handler = this.handlers[name] as (args: unknown, client: ClientPort) => unknown;
    return await handler(args.data, client);
  }
}
