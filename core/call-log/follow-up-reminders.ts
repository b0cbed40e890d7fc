import type { LoggedCall } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { CallArchive } from './call-archive.ts';

/** A timer does not run while the computer sleeps, nor follow a clock that is set: the time is looked at each minute. */
const longestSleep = 60_000;

/** When the user wants to be reminded: Unix ms. */
export function dueAt({ annotation }: LoggedCall): number {
  return Math.max(annotation?.followUpAt ?? Infinity, annotation?.snoozedUntil ?? -Infinity);
}

/** Tells of follow-ups at their time, once each time they fall due; looks again at the next, or after a minute. */
export class FollowUpReminders implements Disposable {
  private readonly archive: CallArchive;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly due = new Emitter<LoggedCall[]>();
  private readonly open = new Map<string, LoggedCall>();
  /** Call and time of what was told. */
  private readonly told = new Map<string, number>();
  private timer: Disposable | null = null;
  private listening: Disposable | null = null;

  readonly onDue = this.due.event;

  constructor(options: { archive: CallArchive; clock: Clock; logger: Logger }) {
    this.archive = options.archive;
    this.clock = options.clock;
    this.logger = options.logger;
  }

  async start(): Promise<void> {
    this.listening ??= this.archive.onAnnotated((call) => this.take(call));
    try {
      for (const call of await this.archive.followUps()) this.open.set(call.record.id, call);
    } catch (error) {
      this.logger.warn('follow-ups could not be read', { error });
    }
    this.look();
  }

  /** The calls are others than before. */
  async reload(): Promise<void> {
    this.open.clear();
    await this.start();
  }

  dispose(): void {
    this.timer?.dispose();
    this.listening?.dispose();
  }

  private take(call: LoggedCall): void {
    const { id } = call.record;
    const open = call.annotation?.followUpAt !== null && call.annotation?.followUpDoneAt === null;
    if (open) this.open.set(id, call);
    else this.open.delete(id);
    this.look();
  }

  private look(): void {
    this.timer?.dispose();
    this.timer = null;
    const now = this.clock.now();
    const fresh = [...this.open.values()].filter(
      (call) => dueAt(call) <= now && this.told.get(call.record.id) !== dueAt(call),
    );
    for (const call of fresh) this.told.set(call.record.id, dueAt(call));
    if (fresh.length > 0) this.due.fire(fresh);
    const coming = [...this.open.values()].map(dueAt).filter((moment) => moment > now);
    if (coming.length === 0) return;
    this.timer = this.clock.after(Math.min(Math.min(...coming) - now, longestSleep), () => this.look());
  }
}
