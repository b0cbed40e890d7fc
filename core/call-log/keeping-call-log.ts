import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { CallRecord } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import { isRefusal } from '#core/storage/index.ts';
import type { CallJournal } from './call-journal.ts';
import type { CallLog, CallLogPeriod } from './call-log.ts';
import { redialText } from './redial-text.ts';

const retryMilliseconds = 5000;
const maximumKept = 10_000;

function newestFirst(a: CallRecord, b: CallRecord): number {
  return b.offeredAt - a.offeredAt;
}

/**
 * Keeps what another call log cannot take now: in memory, in the journal where that can be written, and hands it over
 * every 5 s until it is taken. The last state of a call stands for all before it.
 */
export class KeepingCallLog implements CallLog, Disposable {
  private readonly log: CallLog;
  private readonly journal: CallJournal;
  private readonly clock: Clock;
  private readonly recorded = new Emitter<CallRecord>();
  private readonly problemEmitter = new Emitter<ErrorReport | null>();
  /** Last state of each call whose write is under way. */
  private readonly latest = new Map<string, CallRecord>();
  private readonly kept = new Map<string, CallRecord>();
  private readonly open = new Set<string>();
  private readonly closed: CallRecord[] = [];
  private closeOwedAt: number | null = null;
  private journalUsed = false;
  private flushing: Promise<void> | null = null;
  private timer: Disposable | null = null;
  private current: ErrorReport | null = null;
  private refusal: ErrorReport | null = null;
  private disposed = false;

  readonly onRecorded = this.recorded.event;
  readonly onProblem = this.problemEmitter.event;

  constructor(options: { log: CallLog; journal: CallJournal; clock: Clock }) {
    this.log = options.log;
    this.journal = options.journal;
    this.clock = options.clock;
    this.loadJournal();
    if (this.kept.size > 0) this.retryLater();
  }

  get problem(): ErrorReport | null {
    return this.current ?? this.refusal;
  }

  /** What is not on the disk yet. */
  waiting(): CallRecord[] {
    return [...this.kept.values()];
  }

  async record(record: CallRecord): Promise<void> {
    const before = this.latest.get(record.id) ?? this.kept.get(record.id);
    if (before && before.endedAt !== null) return;
    if (record.endedAt === null) this.open.add(record.id);
    else this.open.delete(record.id);
    this.latest.set(record.id, record);
    try {
      if (this.kept.size > 0) await this.keep(record, this.current);
      else await this.hand(record);
    } finally {
      if (this.latest.get(record.id) === record) this.latest.delete(record.id);
    }
  }

  async list(period: CallLogPeriod): Promise<CallRecord[]> {
    const waiting = [...this.kept.values()].reverse();
    const inside = waiting.filter(({ offeredAt }) => offeredAt >= period.from && offeredAt < period.to);
    const written = await this.ask(() => this.log.list(period), []);
    const others = written.filter((record) => !this.kept.has(record.id));
    return [...inside, ...others].sort(newestFirst).slice(0, period.limit);
  }

  async lastDialled(): Promise<string | null> {
    const written = await this.ask(() => this.log.lastDialled(), null);
    const [last] = [...this.kept.values()].filter(({ direction }) => direction === 'outgoing').sort(newestFirst);
    // What waits is later than what was written, but for a few that an earlier run left.
    return last ? redialText(last) : written;
  }

  async closeOpenRecords(now: number): Promise<CallRecord[]> {
    const cut = [...this.kept.values()]
      .filter((record) => record.endedAt === null && !this.open.has(record.id))
      .map((record): CallRecord => ({ ...record, endedAt: Math.max(now, record.offeredAt), disposition: 'cut' }));
    for (const record of cut) this.kept.set(record.id, record);
    this.closeOwedAt = now;
    // What waits holds the true end of some calls that stand open in the log: it goes first.
    await this.flush();
    // Told when it is safe: an end that a crash takes back would be another one at the next start.
    for (const record of cut) this.recorded.fire(record);
    if (this.closeOwedAt === null) return [...cut, ...this.closed.splice(0)];
    throw new OffhookError(this.current?.code ?? 'storage.failed', { detail: 'calls left open are closed later' });
  }

  /** One try to hand over what waits; never rejects. */
  flush(): Promise<void> {
    this.flushing ??= this.handOver().finally(() => (this.flushing = null));
    return this.flushing;
  }

  dispose(): void {
    this.disposed = true;
    this.timer?.dispose();
    this.timer = null;
  }

  private async hand(record: CallRecord): Promise<void> {
    try {
      await this.log.record(record);
    } catch (error) {
      if (await this.refused(record, toReport(error))) return;
      return this.keep(this.latest.get(record.id) ?? record, toReport(error));
    }
    this.recorded.fire(record);
  }

  /** A record that the database will never take must not hold up the others: it goes to a file of its own. */
  private async refused(record: CallRecord, report: ErrorReport): Promise<boolean> {
    if (!isRefusal(report)) return false;
    try {
      const file = await this.journal.refuse(record, report.detail ?? report.code);
      this.refusal = { code: 'storage.record-refused', values: { file }, detail: report.detail };
      this.problemEmitter.fire(this.problem);
      return true;
    } catch {
      // That file cannot be written either: it waits with the others, for as long as the program runs.
      return false;
    }
  }

  private async handOver(): Promise<void> {
    this.timer?.dispose();
    this.timer = null;
    try {
      while (this.kept.size > 0) await this.handOverAll();
      if (this.journalUsed) {
        this.journalUsed = false;
        await this.journal.clear();
      }
      await this.closeOwed();
      this.setProblem(null);
    } catch (error) {
      this.setProblem(toReport(error));
      this.retryLater();
    }
  }

  private async handOverAll(): Promise<void> {
    for (const [id, record] of this.kept) {
      await this.log.record(record).catch(async (error: unknown) => {
        if (!(await this.refused(record, toReport(error)))) throw error;
      });
      if (this.kept.get(id) === record) this.kept.delete(id);
    }
  }

  /** Takes back what waits of the calls chosen, from memory and journal. Gives how many there were. */
  async forget(chosen: (record: CallRecord) => boolean): Promise<number> {
    // What the database takes after all is found there, and no beginning stays in it without its end.
    await this.flush();
    const gone = [...this.kept.values()].filter((record) => record.endedAt !== null && chosen(record));
    if (gone.length === 0) return 0;
    const rest = () => [...this.kept.values()].filter((record) => !gone.includes(record));
    await this.journal.replace(rest);
    for (const { id } of gone) this.kept.delete(id);
    return gone.length;
  }

  private async closeOwed(): Promise<void> {
    if (this.closeOwedAt === null) return;
    const closed = await this.log.closeOpenRecords(this.closeOwedAt);
    this.closeOwedAt = null;
    this.closed.push(...closed);
    for (const record of closed) this.recorded.fire(record);
  }

  private async keep(record: CallRecord, problem: ErrorReport | null): Promise<void> {
    const isNew = !this.kept.has(record.id);
    if (isNew && this.kept.size >= maximumKept)
      throw new OffhookError('storage.failed', { detail: 'too many calls wait' });
    this.kept.set(record.id, record);
    this.setProblem(problem);
    this.retryLater();
    try {
      this.journalUsed = true;
      await this.journal.append(record);
    } catch (cause) {
      throw new OffhookError(problem?.code ?? 'storage.failed', {
        values: problem?.values ?? {},
        detail: problem?.detail,
        cause,
      });
    } finally {
      this.recorded.fire(record);
    }
  }

  private loadJournal(): void {
    try {
      for (const record of this.journal.load()) this.kept.set(record.id, record);
      this.journalUsed = this.kept.size > 0;
    } catch (error) {
      this.current = { ...toReport(error), code: 'storage.failed' };
    }
  }

  private async ask<T>(run: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await run();
    } catch (error) {
      this.setProblem(toReport(error));
      this.retryLater();
      return otherwise;
    }
  }

  private retryLater(): void {
    if (this.disposed) return;
    this.timer ??= this.clock.after(retryMilliseconds, () => void this.flush());
  }

  private setProblem(problem: ErrorReport | null): void {
    if (problem?.code === this.current?.code) return;
    this.current = problem;
    this.problemEmitter.fire(this.problem);
  }
}
