import type { OffhookError } from '#contract/errors.ts';
import type { OpenDialog, OpenDialogs } from './open-dialogs.ts';

/** Open dialogs that go with the process; a test may make them fail. */
export class MemoryOpenDialogs implements OpenDialogs {
  private kept = new Map<string, OpenDialog>();
  private own = new Set<string>();
  /** Set to make every operation fail with it. */
  failure: OffhookError | null = null;

  async keep(open: OpenDialog): Promise<void> {
    this.check();
    this.kept.delete(open.callId);
    this.kept.set(open.callId, structuredClone(open));
    this.own.add(open.callId);
  }

  async forget(callId: string): Promise<void> {
    this.check();
    this.kept.delete(callId);
  }

  async left(): Promise<OpenDialog[]> {
    this.check();
    return [...this.kept.values()].filter(({ callId }) => !this.own.has(callId)).sort((a, b) => a.keptAt - b.keptAt);
  }

  /** As a crash leaves it: what is kept belongs to an earlier run. */
  restart(): this {
    this.own = new Set();
    return this;
  }

  /** Call ids, for tests. */
  get callIds(): string[] {
    return [...this.kept.keys()];
  }

  private check(): void {
    if (this.failure) throw this.failure;
  }
}
