import { OffhookError, errorCodes } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { AgentBridge, CommandInput, CommandName, CommandResult, EventName, EventPayload } from '#contract/ipc/index.ts';
import type { WindowBridge } from './window-bridge.ts';

/** An error that crossed Electron's context bridge keeps its message only: `code: detail` becomes an OffhookError again. */
export function rebuildError(error: unknown): OffhookError {
  if (error instanceof OffhookError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCodes.find((known) => message === known || message.startsWith(`${known}: `));
  const detail = code ? message.slice(code.length + 2) || null : message;
  return new OffhookError(code ?? ('internal.bug' satisfies ErrorCode), { detail, cause: error });
}

/** `window.offhook`, which the preload exposes, as the window's bridge. */
export class ElectronBridge implements WindowBridge {
  readonly #exposed: AgentBridge;

  constructor(exposed: AgentBridge) {
    this.#exposed = exposed;
  }

  start(): void {}

  async call<N extends CommandName>(command: N, args: CommandInput<N>): Promise<CommandResult<N>> {
    try {
      return await this.#exposed.call(command, args);
    } catch (error) {
      throw rebuildError(error);
    }
  }

  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
    return this.#exposed.on(event, listener);
  }

  onConnection(listener: (state: 'open' | 'lost') => void): () => void {
    return this.#exposed.onConnection(listener);
  }

  onRefused(): () => void {
    return () => {};
  }
}
