import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { SecretStore } from '#core/settings/index.ts';
import type { SecretRequest } from '../messages.ts';

/** The key store as the agent sees it: only the main process may ask the system for it, so every request goes there. */
export class MessageSecretStore implements SecretStore {
  readonly kind = 'key-store';
  private readonly send: (id: number, request: SecretRequest) => void;
  private lastId = 0;
  private readonly pending = new Map<number, (answer: { value: string | null; error: ErrorReport | null }) => void>();

  constructor(send: (id: number, request: SecretRequest) => void) {
    this.send = send;
  }

  get(name: string): Promise<string | null> {
    return this.ask({ operation: 'get', name });
  }

  async set(name: string, value: string): Promise<void> {
    await this.ask({ operation: 'set', name, value });
  }

  async delete(name: string): Promise<void> {
    await this.ask({ operation: 'delete', name });
  }

  answer(id: number, value: string | null, error: ErrorReport | null): void {
    this.pending.get(id)?.({ value, error });
    this.pending.delete(id);
  }

  private ask(request: SecretRequest): Promise<string | null> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, ({ value, error }) => (error ? reject(OffhookError.fromReport(error)) : resolve(value)));
      this.send(id, request);
    });
  }
}
