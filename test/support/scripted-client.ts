import { OffhookError } from '#contract/errors.ts';
import {
  events,
  type AgentMessage,
  type CallSnapshot,
  type ClientMessage,
  type CommandInput,
  type CommandName,
  type CommandResult,
  type EventName,
  type EventPayload,
  type LineSnapshot,
} from '#contract/ipc/index.ts';
import { within } from './until.ts';

interface Pending {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

interface Recorded {
  event: string;
  payload: unknown;
}

/** A client of the agent that does as a test says: the window's place, without a window. */
export class ScriptedClient {
  calls: CallSnapshot[] = [];
  lines: LineSnapshot[] = [];
  /** Everything told so far, in order. */
  readonly told: Recorded[] = [];
  private readonly send: (message: ClientMessage) => void;
  private readonly pending = new Map<number, Pending>();
  private readonly watchers = new Set<() => void>();
  private lastId = 0;

  constructor(send: (message: ClientMessage) => void) {
    this.send = send;
  }

  /** Id of the last command sent. */
  get lastSent(): number {
    return this.lastId;
  }

  async open(): Promise<void> {
    const session = await this.call('session.open', {});
    this.calls = session.calls;
    this.lines = session.lines;
  }

  call<N extends CommandName>(command: N, args: CommandInput<N>): Promise<CommandResult<N>> {
    const id = ++this.lastId;
    const answered = new Promise<unknown>((resolve, reject) => this.pending.set(id, { resolve, reject }));
    this.send({ id, command, args });
    return within(10_000, `the agent answers ${command}`, answered) as Promise<CommandResult<N>>;
  }

  receive(message: AgentMessage): void {
    if ('event' in message) this.note(message);
    else this.settle(message);
    this.look();
  }

  /** Lets everyone who waits look again. */
  look(): void {
    for (const watch of [...this.watchers]) watch();
  }

  /** Resolves with the first value of `probe` that is not undefined, looking again at every message. */
  async when<T>(what: string, probe: () => T | undefined, timeout = 10_000): Promise<T> {
    let watch = () => {};
    const come = new Promise<T>((resolve, reject) => {
      watch = () => {
        try {
          const value = probe();
          if (value !== undefined) resolve(value);
        } catch (error) {
          reject(error);
        }
      };
      this.watchers.add(watch);
      watch();
    });
    try {
      return await within(timeout, what, come);
    } catch (error) {
      throw new Error(`${what}; calls: ${this.calls.map(sketch).join(', ') || 'none'}`, { cause: error });
    } finally {
      this.watchers.delete(watch);
    }
  }

  /** Payloads of one event told so far, checked against the contract. */
  all<N extends EventName>(event: N): EventPayload<N>[] {
    return this.told.filter((each) => each.event === event).map((each) => events[event].parse(each.payload) as EventPayload<N>);
  }

  private note({ event, payload }: Recorded): void {
    this.told.push({ event, payload });
    if (event === 'calls.changed') this.calls = events[event].parse(payload).calls;
    if (event === 'lines.changed') this.lines = events[event].parse(payload).lines;
  }

  private settle(message: Exclude<AgentMessage, { event: string }>): void {
    const waiting = this.pending.get(message.id);
    this.pending.delete(message.id);
    if ('error' in message) waiting?.reject(OffhookError.fromReport(message.error));
    else waiting?.resolve(message.result);
  }
}

function sketch(call: CallSnapshot): string {
  const ending = call.ending ? ` ${call.ending.disposition} ${call.ending.error?.code ?? ''} ${call.ending.error?.detail ?? ''}` : '';
  return `${call.direction} ${call.remote.display} ${call.state}${ending}`;
}
