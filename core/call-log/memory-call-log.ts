import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { CallRecord } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { CallLog, CallLogPeriod } from './call-log.ts';
import { redialText } from './redial-text.ts';

/** A call log that forgets; a test may make it fail. */
export class MemoryCallLog implements CallLog {
  private readonly records = new Map<string, CallRecord>();
  private readonly recorded = new Emitter<CallRecord>();
  private readonly problemEmitter = new Emitter<ErrorReport | null>();
  private readonly open = new Set<string>();
  problem: ErrorReport | null = null;
  /** Set to make every operation fail with it. */
  failure: OffhookError | null = null;

  readonly onRecorded = this.recorded.event;
  readonly onProblem = this.problemEmitter.event;

  async record(record: CallRecord): Promise<void> {
    this.check();
    if (record.endedAt === null) this.open.add(record.id);
    else this.open.delete(record.id);
    const written = this.write(record);
    // As from a disk: never within the caller's turn.
    await Promise.resolve();
    if (written) this.recorded.fire(record);
  }

  async list({ from, to, limit }: CallLogPeriod): Promise<CallRecord[]> {
    this.check();
    return this.newestFirst()
      .filter(({ offeredAt }) => offeredAt >= from && offeredAt < to)
      .slice(0, limit);
  }

  async lastDialled(): Promise<string | null> {
    this.check();
    const last = this.newestFirst().find(({ direction }) => direction === 'outgoing');
    return last ? redialText(last) : null;
  }

  async closeOpenRecords(now: number): Promise<CallRecord[]> {
    this.check();
    const left = this.newestFirst().filter((record) => record.endedAt === null && !this.open.has(record.id));
    const ended = left.map((record): CallRecord => {
      return { ...record, endedAt: Math.max(now, record.answeredAt ?? record.offeredAt), disposition: 'cut' };
    });
    await Promise.resolve();
    for (const record of ended) if (this.write(record)) this.recorded.fire(record);
    return ended;
  }

  /** As a crash leaves it: what is open belongs to nobody. */
  restart(): this {
    this.open.clear();
    return this;
  }

  private check(): void {
    if (this.failure) throw this.failure;
  }

  private write(record: CallRecord): boolean {
    const present = this.records.get(record.id);
    if (present && present.endedAt !== null) return false;
    const offeredAt = present?.offeredAt ?? record.offeredAt;
    this.records.set(record.id, structuredClone({ ...record, offeredAt }));
    return true;
  }

  private newestFirst(): CallRecord[] {
    return [...this.records.values()].reverse().sort((a, b) => b.offeredAt - a.offeredAt);
  }
}
