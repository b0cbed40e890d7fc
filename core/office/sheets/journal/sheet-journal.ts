import type { ErrorReport } from '#contract/errors.ts';
import type { CallResult } from '#contract/ipc/index.ts';
import { Emitter, type Clock } from '#core/foundation/index.ts';
import type { RowOutcome } from '../workbook-writer.ts';
import { afterConflict } from './after-conflict.ts';
import { OpenChanges } from './open-changes.ts';
import { shownValue } from './shown-value.ts';
import { isRival, needsWord, type ChangedCell, type SheetChange } from './sheet-change.ts';
import type { RowCall, RowWord, SheetStore } from './sheet-store.ts';

export interface SheetJournalOptions {
  store: SheetStore;
  clock: Clock;
  /** The office's, for dates with slashes. */
  country: () => string;
}

/** A row to which something is to be written. */
export interface ChangedRow {
  sheetId: string;
  key: string;
  row: number | null;
  name: string;
}

/**
 * What is to be written into sheets, each until it is done and nothing twice. All of it is on the disk before anybody is
 * told that it is kept. What waits is in memory too; changes of it come one after the other.
 */
export class SheetJournal {
  private readonly options: SheetJournalOptions;
  private readonly open = new OpenChanges();
  private readonly changed = new Emitter<string>();
  private nextId = 1;
  private loaded = false;
  private turn: Promise<unknown> = Promise.resolve();

  /** Id of a sheet of which something waits now, or does not any more. */
  readonly onChanged = this.changed.event;

  constructor(options: SheetJournalOptions) {
    this.options = options;
  }

  /** Takes up what an earlier run left. */
  async load(): Promise<void> {
    this.loaded = false;
    await this.inTurn(() => this.ready());
  }

  get sheetIds(): string[] {
    return this.open.sheetIds;
  }

  waiting(sheetId: string): SheetChange[] {
    return this.open.of(sheetId).filter(({ state }) => state === 'waiting');
  }

  /** Those that need the user's word. */
  conflicts(sheetId: string): SheetChange[] {
    return this.open.of(sheetId).filter(needsWord);
  }

  /** What is not written of a row; what waits comes before what needs the user's word. */
  openOf(sheetId: string, key: string): SheetChange | null {
    const all = this.open.of(sheetId).filter((change) => change.key === key);
    return all.find(({ state }) => state === 'waiting') ?? all.at(-1) ?? null;
  }

  /** Keeps what is to be written to a row, in the place of what waited for it, together with what is known of it. */
  keep(
    row: ChangedRow,
    cellsOf: (before: SheetChange | null) => Promise<ChangedCell[]> | ChangedCell[],
    words: { row: RowWord; call: RowCall | null },
  ): Promise<void> {
    return this.inTurn(async () => {
      await this.ready();
      const before = this.openOf(row.sheetId, row.key);
      const cells = await cellsOf(before);
      const now = this.options.clock.now();
      const change: SheetChange = {
        ...(before ?? { id: this.nextId, attempts: 0, madeAt: now }),
        ...{ ...row, cells, callId: words.call?.callId ?? before?.callId ?? null },
        ...{ state: 'waiting', found: [], error: null, changedAt: now },
      };
      const changes = cells.length > 0 ? [change] : [];
      await this.options.store.keep({ changes, rows: [words.row], calls: words.call ? [words.call] : [] });
      if (cells.length === 0) return;
      this.nextId = Math.max(this.nextId, change.id + 1);
      this.open.set(change);
      this.changed.fire(row.sheetId);
    });
  }

  /** A result of which nobody can say whose row it is: the user says. */
  keepDoubtful(rows: readonly (ChangedRow & { cells: ChangedCell[] })[], calls: readonly RowCall[]): Promise<void> {
    return this.inTurn(async () => {
      await this.ready();
      const now = this.options.clock.now();
      const [first] = calls;
      const changes = rows.map((row, index): SheetChange => ({
        ...{ ...row, id: this.nextId + index, callId: first?.callId ?? null, state: 'several', found: [] },
        ...{ attempts: 0, error: null, madeAt: now, changedAt: now },
      }));
      await this.options.store.keep({ changes, calls });
      this.nextId += changes.length;
      for (const change of changes) this.open.set(change);
      for (const sheetId of new Set(rows.map((row) => row.sheetId))) this.changed.fire(sheetId);
    });
  }

  /** Keeps that a row was called or passed over, or what a call was about. */
  note(words: { rows?: readonly RowWord[]; calls?: readonly RowCall[] }): Promise<void> {
    return this.options.store.keep(words);
  }

  /**
   * What became of changes that were tried. One that was given other cells meanwhile goes on waiting with those.
   * @param tried as they were handed to the writer
   * @returns those that are written
   */
  settle(tried: readonly SheetChange[], outcomes: readonly RowOutcome[], at: number): Promise<SheetChange[]> {
    return this.inTurn(async () => {
      const written: SheetChange[] = [];
      const after: SheetChange[] = [];
      for (const outcome of outcomes) {
        const change = tried.find(({ id }) => id === outcome.id);
        const now = this.open.get(outcome.id);
        // It was dropped meanwhile.
        if (!change || !now) continue;
        const settled = await this.afterOutcome(change, outcome, at);
        if (settled.state === 'written') written.push(settled);
        after.push(now === change ? settled : this.mended(now, settled, at));
      }
      const rows = written.map(({ sheetId, key }) => ({ sheetId, key, at }));
      await this.options.store.keep({ changes: after, written: rows });
      for (const change of after) {
        if (change.state === 'written') this.open.delete(change.id);
        else this.open.set(change);
      }
      for (const sheetId of new Set(after.map((change) => change.sheetId))) this.changed.fire(sheetId);
      return written;
    });
  }

  /** The whole file could not be written to. */
  failed(tried: readonly SheetChange[], error: ErrorReport): Promise<void> {
    return this.inTurn(async () => {
      const changes = tried
        .map(({ id }) => this.open.get(id))
        .filter((change) => change !== undefined)
        .map((change) => ({ ...change, attempts: change.attempts + 1, error }));
      await this.options.store.keep({ changes });
      for (const change of changes) this.open.set(change);
    });
  }

  /**
   * The user's word on conflicts. Of the rows of one call a word for one is a word against the others, and a word for
   * several says nothing.
   * @returns the sheets of which something may be written now
   */
  resolve(ids: readonly number[], keep: 'ours' | 'theirs'): Promise<string[]> {
    return this.inTurn(async () => {
      const named = ids.map((id) => this.open.get(id)).filter((change) => change !== undefined && needsWord(change));
      const doubtful = keep === 'ours' ? named.filter((change) => change!.state === 'several') : [];
      const unclear = doubtful.filter((change) => doubtful.some((other) => isRival(change!, other!)));
      const wanted = named.filter((change) => !unclear.includes(change));
      const rivals = (change: SheetChange) => this.conflicts(change.sheetId).filter((other) => isRival(change, other));
      const outdone = doubtful.filter((change) => !unclear.includes(change)).flatMap((change) => rivals(change!));
      const changedAt = this.options.clock.now();
      const ours = wanted.map((change): SheetChange => ({
        ...{ ...change!, state: 'waiting', found: [], error: null, changedAt },
        cells: change!.cells.map((cell) => ({ ...cell, expected: null })),
      }));
      const kept = keep === 'ours' ? onePerRow(ours) : [];
      // What waits for the same row was said later.
      const changes = kept.filter(({ sheetId, key }) => this.waiting(sheetId).every((other) => other.key !== key));
      const removed = [...wanted, ...outdone]
        .map((change) => change!.id)
        .filter((id) => !changes.some((change) => change.id === id));
      // Whose row a call was about is known now.
      const chosen = changes.flatMap(({ callId, sheetId, key }): RowCall[] =>
        callId === null ? [] : [{ callId, sheetId, key, result: null }],
      );
      await this.options.store.keep({ removed, changes, calls: chosen });
      for (const id of removed) this.open.delete(id);
      for (const change of changes) this.open.set(change);
      const sheetIds = [...new Set(wanted.map((change) => change!.sheetId))];
      for (const sheetId of sheetIds) this.changed.fire(sheetId);
      return sheetIds;
    });
  }

  /** Forgets what is not written. */
  drop(ids: readonly number[]): Promise<void> {
    return this.inTurn(async () => {
      const dropped = ids.map((id) => this.open.get(id)).filter((change) => change !== undefined);
      await this.options.store.keep({ removed: dropped.map(({ id }) => id) });
      for (const { id } of dropped) this.open.delete(id);
      for (const sheetId of new Set(dropped.map((change) => change.sheetId))) this.changed.fire(sheetId);
    });
  }

  /** What was written in one moment is taken back. */
  undone(sheetIds: readonly string[], at: number): Promise<void> {
    return this.inTurn(async () => {
      const { store } = this.options;
      const changes = await store.writtenAt(sheetIds, at);
      const undone = changes.map((change): SheetChange => ({ ...change, state: 'undone' }));
      await store.keep({ changes: undone, written: undone.map(({ sheetId, key }) => ({ sheetId, key, at: null })) });
      for (const sheetId of sheetIds) this.changed.fire(sheetId);
    });
  }

  /** Ends when nothing is being kept any more. */
  async settled(): Promise<void> {
    await this.turn.catch(() => undefined);
  }

  /** Nothing is kept before it is known what is kept already. */
  private async ready(): Promise<void> {
    if (this.loaded) return;
    const { changes, nextId } = await this.options.store.open();
    this.open.clear();
    for (const change of changes) this.open.set(change);
    this.nextId = nextId;
    this.loaded = true;
  }

  private async afterOutcome(change: SheetChange, outcome: RowOutcome, at: number): Promise<SheetChange> {
    switch (outcome.kind) {
      case 'written':
        return { ...change, state: 'written', row: outcome.row, found: [], error: null, changedAt: at };
      case 'conflict': {
        const { sheetId, key } = change;
        const written = await this.options.store.lastWritten(sheetId, key, null);
        const facts = { found: outcome.cells, written, country: this.options.country() };
        return { ...afterConflict(change, facts), row: outcome.row, changedAt: at };
      }
      case 'refused':
        return { ...change, state: 'refused', error: outcome.report, changedAt: at };
      default:
        return { ...change, state: outcome.kind, changedAt: at };
    }
  }

  /** A change that was given other cells while it was written: what is in the sheet now is what it is to find there. */
  private mended(now: SheetChange, settled: SheetChange, at: number): SheetChange {
    if (settled.state !== 'written' && settled.state !== 'waiting') return now;
    const cells = now.cells.map((cell) => {
      const there = settled.cells.find(({ heading }) => heading === cell.heading);
      if (!there) return cell;
      return { ...cell, expected: settled.state === 'written' ? shownValue(there.value) : there.expected };
    });
    return { ...now, cells, row: settled.row, changedAt: at };
  }

  /** One after the other, whatever becomes of the one before. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work, work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

/** Of several for one row the last. */
function onePerRow(changes: readonly SheetChange[]): SheetChange[] {
  return [...new Map(changes.map((change) => [`${change.sheetId}\n${change.key}`, change])).values()];
}

export const noResult: CallResult = { outcome: null, note: '', calledAt: null, followUpAt: null };
