import path from 'node:path';
import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { SheetWriting } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { SheetPlace } from '../sheet-place.ts';
import type { WorkbookTarget, WorkbookWriter } from '../workbook-writer.ts';
import type { SheetChange } from './sheet-change.ts';
import type { SheetJournal } from './sheet-journal.ts';
import { shownValue } from './shown-value.ts';

export interface WriteBackOptions {
  journal: SheetJournal;
  writer: WorkbookWriter;
  /** Null for a sheet that is not there any more. */
  placeOf: (sheetId: string) => SheetPlace | null;
  written: (sheetId: string, rows: { key: string; cells: { heading: string; text: string }[] }[]) => void;
  watch: (path: string, onChange: () => void) => Disposable;
  problems: ProblemBoard;
  clock: Clock;
  logger: Logger;
}

interface FileState {
  /** Ends of what is done with the file: one thing at a time. */
  turn: Promise<unknown>;
  wanted: Promise<void> | null;
  writing: SheetWriting;
  problem: ErrorReport | null;
  /** Unix ms of the first failure of those that follow each other. */
  failingSince: number | null;
  failures: number;
  timer: Disposable | null;
  watching: Disposable[];
}

const secondsBetween = [2, 5, 10, 20, 40, 60, 120, 300];
/** A workbook is open for a morning: that is no problem yet. */
const standsAfter = 4 * 60 * 60_000;

const states: Partial<Record<ErrorReport['code'], SheetWriting>> = {
  'sheet.missing': 'missing',
  'sheet.locked': 'locked',
  'sheet.excel-busy': 'open',
  'sheet.read-only': 'read-only',
};

export const targetOf = ({ path: file, sheet, mapping, keyPrefix }: SheetPlace): WorkbookTarget => {
  return { file, sheet, mapping, keyPrefix };
};

/** Writes what waits into the workbooks: at once, and where that cannot be, again and again until it is done. */
export class WriteBack {
  private readonly options: WriteBackOptions;
  private readonly files = new Map<string, FileState>();
  private readonly changed = new Emitter<string>();
  private stopped = false;

  /** Path of a file that can be written to otherwise than before. */
  readonly onChanged = this.changed.event;

  constructor(options: WriteBackOptions) {
    this.options = options;
  }

  stateOf(file: string): { writing: SheetWriting; problem: ErrorReport | null } {
    const state = this.files.get(file);
    return { writing: state?.writing ?? 'free', problem: state?.problem ?? null };
  }

  /** Tries now what waits for a file. Never rejects; what cannot be written goes on waiting. */
  flush(file: string): Promise<void> {
    const state = this.stateFor(file);
    state.wanted ??= this.exclusive(file, async () => {
      state.wanted = null;
      await this.writeFile(file, state);
    }).catch((error: unknown) => this.options.logger.error('a sheet could not be written back', { error }));
    return state.wanted;
  }

  /** Everything that waits, of all sheets that are there. */
  async flushAll(): Promise<void> {
    const places = this.options.journal.sheetIds
      .map((id) => this.options.placeOf(id))
      .filter((place) => place !== null);
    await Promise.all([...new Set(places.map((place) => place.path))].map((file) => this.flush(file)));
  }

  /** Does something with a file while nothing is written to it. */
  exclusive<T>(file: string, work: () => Promise<T>): Promise<T> {
    const state = this.stateFor(file);
    const done = state.turn.then(work, work);
    state.turn = done.catch(() => undefined);
    return done;
  }

  /** Looks whether it can be written to. */
  async look(file: string): Promise<void> {
    const state = this.stateFor(file);
    try {
      await this.show(file, state, await this.options.writer.look(file), false);
    } catch (error) {
      await this.show(file, state, toReport(error), false);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const state of this.files.values()) this.rest(state);
    await Promise.all([...this.files.values()].map(({ turn }) => turn));
  }

  private stateFor(file: string): FileState {
    const known = this.files.get(file);
    if (known) return known;
    const state: FileState = {
      ...{ turn: Promise.resolve(), wanted: null, writing: 'free' as const, problem: null },
      ...{ failingSince: null, failures: 0, timer: null, watching: [] },
    };
    this.files.set(file, state);
    return state;
  }

  private async writeFile(file: string, state: FileState): Promise<void> {
    for (let round = 0; !this.stopped; round++) {
      const sheets = this.sheetsOf(file);
      if (sheets.length === 0) break;
      let failure: ErrorReport | null = null;
      // What is wrong with one sheet need not be with the next.
      for (const place of sheets) await this.writeSheet(place).catch((error: unknown) => (failure ??= toReport(error)));
      if (failure) return this.later(file, state, failure);
      // What shows the same in another form is tried once more, as is what came meanwhile.
      if (round > 3) return this.later(file, state, null);
    }
    if (this.stopped) return;
    this.rest(state);
    [state.failures, state.failingSince] = [0, null];
    this.options.problems.clear(`sheet:${file}`);
    if (state.problem !== null || state.writing !== 'free') await this.look(file);
  }

  private sheetsOf(file: string): SheetPlace[] {
    const { journal, placeOf } = this.options;
    const places = journal.sheetIds.map(placeOf).filter((place) => place !== null);
    return places.filter((place) => place.path === file && journal.waiting(place.id).length > 0);
  }

  private async writeSheet(place: SheetPlace): Promise<void> {
    const { journal, writer, clock } = this.options;
    const tried = journal.waiting(place.id);
    try {
      const changes = tried.map(({ id, key, row, cells }) => ({
        ...{ id, key, row },
        cells: cells.map(({ heading, value, expected }) => ({ heading, value, expected })),
      }));
      const { rows } = await writer.write(targetOf(place), changes);
      this.tell(place, await journal.settle(tried, rows, clock.now()));
    } catch (error) {
      await journal.failed(tried, toReport(error));
      throw error;
    }
  }

  private tell(place: SheetPlace, written: readonly SheetChange[]): void {
    if (written.length === 0) return;
    const rows = written.map(({ key, cells }) => ({
      key,
      cells: cells.map(({ heading, value }) => ({ heading, text: shownValue(value) })),
    }));
    this.options.written(place.id, rows);
    this.changed.fire(place.path);
  }

  /** Tries again after a while, and as soon as the file or its lock changes. */
  private async later(file: string, state: FileState, report: ErrorReport | null): Promise<void> {
    const { clock, watch } = this.options;
    state.failures += 1;
    state.failingSince ??= clock.now();
    if (report) await this.show(file, state, report, true);
    if (this.stopped) return;
    state.timer?.dispose();
    const seconds = secondsBetween[Math.min(state.failures, secondsBetween.length) - 1]!;
    state.timer = clock.after(seconds * 1000, () => void this.flush(file));
    if (state.watching.length > 0) return;
    const [folder, name] = [path.dirname(file), path.basename(file)];
    // Of Excel, and of LibreOffice.
    const locks = [`~$${name}`, `.~lock.${name}#`].map((lock) => path.join(folder, lock));
    state.watching = [file, ...locks].map((each) => watch(each, () => void this.flush(file)));
  }

  private rest(state: FileState): void {
    state.timer?.dispose();
    state.timer = null;
    for (const watching of state.watching) watching.dispose();
    state.watching = [];
  }

  private async show(file: string, state: FileState, report: ErrorReport | null, waits: boolean): Promise<void> {
    const { writer, problems, clock } = this.options;
    const isOpen = report === null && (await writer.isOpenHere?.(file).catch(() => false)) === true;
    const writing = report ? (states[report.code] ?? 'refused') : isOpen ? 'open' : 'free';
    const isNew = writing !== state.writing || report?.code !== state.problem?.code;
    [state.writing, state.problem] = [writing, report];
    if (isNew) this.changed.fire(file);
    const stands = waits && state.failingSince !== null && clock.now() - state.failingSince >= standsAfter;
    if (stands && report) problems.raise(`sheet:${file}`, report);
  }
}
