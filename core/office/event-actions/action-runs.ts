import { toReport } from '#contract/errors.ts';
import type { ActionRun } from '#contract/ipc/index.ts';
import type { Clock } from '#core/foundation/index.ts';

const mostKept = 100;

/** What the actions of this run of the agent did, newest first. */
export class ActionRuns {
  private readonly clock: Clock;
  private readonly kept: ActionRun[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  list(): ActionRun[] {
    return [...this.kept];
  }

  note(run: Pick<ActionRun, 'actionId' | 'actionLabel' | 'event' | 'subject'>, error: unknown = null): void {
    this.kept.unshift({ ...run, at: this.clock.now(), error: error === null ? null : toReport(error) });
    this.kept.length = Math.min(this.kept.length, mostKept);
  }
}
