import type { ErrorReport } from '#contract/errors.ts';
import type { Problem } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Logger } from '#core/foundation/index.ts';

/** The standing problems that the window shows: a corrupt settings file, no microphone, a full disk. */
export class ProblemBoard {
  private readonly problems = new Map<string, Problem>();
  private readonly changed = new Emitter<Problem[]>();
  private readonly clock: Clock;
  private readonly logger: Logger;

  constructor(clock: Clock, logger: Logger) {
    this.clock = clock;
    this.logger = logger;
  }

  readonly onChanged = this.changed.event;

  list(): Problem[] {
    return [...this.problems.values()];
  }

  /** Raises a problem, or replaces the one of the same id; an identical one stays as it is. */
  raise(id: string, error: ErrorReport, options: { dismissable?: boolean } = {}): void {
    const present = this.problems.get(id);
    if (present && JSON.stringify(present.error) === JSON.stringify(error)) return;
    this.logger.warn('a problem stands', { id, code: error.code, ...error.values, detail: error.detail });
    this.problems.set(id, { id, error, since: this.clock.now(), dismissable: options.dismissable ?? true });
    this.changed.fire(this.list());
  }

  clear(id: string): void {
    if (this.problems.delete(id)) this.changed.fire(this.list());
  }

  /** The user has read it. A problem that still stands and cannot be dismissed stays. */
  dismiss(id: string): void {
    if (this.problems.get(id)?.dismissable) this.clear(id);
  }
}
