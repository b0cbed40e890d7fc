import { OffhookError, type ErrorReport } from '#contract/errors.ts';

/** The system's proxies as the agent sees them: only the main process may ask the system, so every question goes there. */
export class MessageProxyFinder {
  private readonly send: (id: number, url: string) => void;
  private lastId = 0;
  private readonly pending = new Map<number, PromiseWithResolvers<string | null>>();

  constructor(send: (id: number, url: string) => void) {
    this.send = send;
  }

  /** Address of the proxy; null to go straight. */
  find(url: string): Promise<string | null> {
    this.lastId += 1;
    const asked = Promise.withResolvers<string | null>();
    this.pending.set(this.lastId, asked);
    this.send(this.lastId, url);
    return asked.promise;
  }

  answer(id: number, address: string | null, error: ErrorReport | null): void {
    const asked = this.pending.get(id);
    this.pending.delete(id);
    if (error) asked?.reject(OffhookError.fromReport(error));
    else asked?.resolve(address);
  }
}
