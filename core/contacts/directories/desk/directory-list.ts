import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig, DirectoryStatus } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { DirectoryRecord } from './directory-records.ts';
import type { Turn } from './work-turns.ts';

/** What is done with a directory. */
export type DirectoryDeed = 'remove' | 'renumber' | 'import' | 'refresh';

/** A directory as it is now. */
export interface DirectoryState {
  record: DirectoryRecord;
  entries: number;
  progress: { done: number; total: number | null } | null;
  /** Refreshes that failed since the last that did not. */
  failures: number;
  /** Unix ms. */
  nextAt: number | null;
  timer: Disposable | null;
  watch: Disposable | null;
  /** Its place among the works; null while there is nothing to be done. */
  turn: Turn | null;
  doing: DirectoryDeed | null;
  /** Of the work that runs; null while it waits. */
  stopping: AbortController | null;
  wantsRefresh: boolean;
  wantsImport: DirectoryConfig | null;
  /** The record knows more than the disk. */
  unsaved: boolean;
}

function statusOf({ record, entries, progress, nextAt, turn, stopping }: DirectoryState): DirectoryStatus {
  const { cursor: _cursor, numberRules: _numberRules, removed: _removed, ...told } = record;
  const state = stopping ? 'refreshing' : turn ? 'waiting' : 'idle';
  return { ...told, kind: record.config.kind, state, progress, entries, nextAt };
}

const changeInterval = 200;

/** The directories in the user's order, and who hears of their changes: at most five times a second. */
export class DirectoryList {
  private readonly clock: Clock;
  private readonly emitter = new Emitter<DirectoryStatus[]>();
  private states: DirectoryState[] = [];
  private toldAt = -Infinity;
  private timer: Disposable | null = null;

  readonly onChanged = this.emitter.event;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get all(): readonly DirectoryState[] {
    return this.states;
  }

  statuses(): DirectoryStatus[] {
    return this.states.filter(({ record }) => !record.removed).map(statusOf);
  }

  /** @throws OffhookError `directory.unknown` */
  find(id: string): DirectoryState {
    const state = this.states.find(({ record }) => record.id === id && !record.removed);
    if (!state) throw new OffhookError('directory.unknown');
    return state;
  }

  add(record: DirectoryRecord, entries = 0): DirectoryState {
    const nothing = { progress: null, nextAt: null, timer: null, watch: null, turn: null, doing: null, stopping: null };
    const state = { record, entries, failures: 0, ...nothing, wantsRefresh: false, wantsImport: null, unsaved: false };
    this.states.push(state);
    this.changed();
    return state;
  }

  drop(state: DirectoryState): void {
    this.states = this.states.filter((each) => each !== state);
    this.changed();
  }

  sort(ids: readonly string[]): void {
    this.states.sort((a, b) => ids.indexOf(a.record.id) - ids.indexOf(b.record.id));
    this.changed();
  }

  clear(): void {
    this.states = [];
    this.changed();
  }

  changed(): void {
    if (this.timer) return;
    const wait = this.toldAt + changeInterval - this.clock.monotonic();
    if (wait <= 0) this.tell();
    else this.timer = this.clock.after(wait, () => this.tell());
  }

  dispose(): void {
    this.timer?.dispose();
    this.emitter.dispose();
  }

  private tell(): void {
    this.timer?.dispose();
    this.timer = null;
    this.toldAt = this.clock.monotonic();
    this.emitter.fire(this.statuses());
  }
}
