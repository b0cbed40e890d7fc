import { OffhookError } from '#contract/errors.ts';
import type { RecordsStatus, RecordsWork } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';

type Work = RecordsStatus['work'];

/** One large work at a time, and how far it is. */
export class WorkSlot {
  private readonly changed = new Emitter<Work>();
  private running: Promise<unknown> | null = null;
  private current: Work = null;

  readonly onChanged = this.changed.event;

  get work(): Work {
    return this.current;
  }

  /** @throws OffhookError `records.busy` while another work runs */
  async run<T>(kind: RecordsWork, work: (onProgress: (share: number) => void) => Promise<T>): Promise<T> {
    if (this.running) throw new OffhookError('records.busy');
    this.set({ kind, share: null });
    const run = work((share) => this.progress(kind, share));
    this.running = run;
    try {
      return await run;
    } finally {
      this.running = null;
      this.set(null);
    }
  }

  /** After whatever runs now. */
  async runLater<T>(kind: RecordsWork, work: (onProgress: (share: number) => void) => Promise<T>): Promise<T> {
    while (this.running) await this.running.catch(() => undefined);
    return this.run(kind, work);
  }

  /** Windows need no more than whole per cents. */
  private progress(kind: RecordsWork, share: number): void {
    const rounded = Math.floor(share * 100) / 100;
    if (this.current?.kind === kind && this.current.share !== rounded) this.set({ kind, share: rounded });
  }

  private set(work: Work): void {
    this.current = work;
    this.changed.fire(work);
  }
}
