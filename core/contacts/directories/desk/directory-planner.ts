import type { Clock, Disposable } from '#core/foundation/index.ts';
import type { DirectoryList, DirectoryState } from './directory-list.ts';
import { firstRefresh, nextRefresh, type ScheduleFacts } from './refresh-schedule.ts';
import { filePath } from './source-place.ts';

export interface DirectoryPlannerOptions {
  list: DirectoryList;
  clock: Clock;
  /** 0–1. */
  random: () => number;
  /** Tells of changes of a file, or of those in a folder. Never throws: a path that is not there yet may come. */
  watch: (path: string, onChange: () => void) => Disposable;
  /** It is time. */
  due: (state: DirectoryState) => void;
}

/** Reads directories again when it is time, or when their file has changed. */
export class DirectoryPlanner {
  private readonly options: DirectoryPlannerOptions;

  constructor(options: DirectoryPlannerOptions) {
    this.options = options;
  }

  /** After the program has started. */
  first(state: DirectoryState): void {
    this.listen(state);
    this.set(state, firstRefresh(this.factsOf(state)));
  }

  /** After a refresh has ended, or what decides about the next has changed. */
  next(state: DirectoryState): void {
    this.listen(state);
    this.set(state, nextRefresh(this.factsOf(state)));
  }

  forget(state: DirectoryState): void {
    this.set(state, null);
    state.watch?.dispose();
    state.watch = null;
  }

  private factsOf({ record, failures }: DirectoryState): ScheduleFacts {
    const { enabled, everyMinutes, refreshedAt, problem, config } = record;
    const { clock, random } = this.options;
    const isRead = enabled && !record.removed && config.kind !== 'own';
    const facts = {
      everyMinutes,
      refreshedAt,
      failures,
      problem: problem?.code ?? null,
      file: filePath(config) !== null,
    };
    return { ...facts, enabled: isRead, now: clock.now(), random: random() };
  }

  private listen(state: DirectoryState): void {
    const { enabled, removed, config } = state.record;
    const path = filePath(config);
    if (path === null || !enabled || removed || state.watch) return;
    state.watch = this.options.watch(path, () => this.options.due(state));
  }

  private set(state: DirectoryState, at: number | null): void {
    const { clock, due, list } = this.options;
    state.timer?.dispose();
    state.timer = at === null ? null : clock.after(Math.max(0, at - clock.now()), () => due(state));
    state.nextAt = at;
    list.changed();
  }
}
