import type { ErrorReport } from '#contract/errors.ts';
import type { SheetStatus } from '#contract/ipc/index.ts';
import { DisposableStore, Emitter } from '#core/foundation/index.ts';
import type { SheetJournal } from './journal/sheet-journal.ts';
import type { WriteBack } from './journal/write-back.ts';
import type { SheetReader } from './reading/sheet-reader.ts';
import type { SheetList } from './sheet-list.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

export interface SheetStatusesOptions {
  list: SheetList;
  journal: SheetJournal;
  writeBack: WriteBack;
  reader: SheetReader;
  writer: WorkbookWriter;
}

/** How it stands with each sheet, also with one that is gone while something waits for it. */
export class SheetStatuses {
  private readonly options: SheetStatusesOptions;
  private readonly changed = new Emitter<SheetStatus[]>();
  private readonly listening = new DisposableStore();
  private readonly problems = new Map<string, ErrorReport>();
  private announcing = false;

  readonly onChanged = this.changed.event;

  constructor(options: SheetStatusesOptions) {
    this.options = options;
    const { list, journal, writeBack, reader } = options;
    this.listening.add(list.onChanged(() => this.announce()));
    this.listening.add(journal.onChanged(() => this.announce()));
    this.listening.add(writeBack.onChanged(() => this.announce()));
    this.listening.add(
      reader.onRead(({ sheetId, rows, problem }) => {
        if (problem) this.problems.set(sheetId, problem);
        else this.problems.delete(sheetId);
        if (rows !== null) list.setRows(sheetId, rows);
        this.announce();
      }),
    );
  }

  list(): SheetStatus[] {
    const { list, journal } = this.options;
    const there = list.all.map(({ place }) => place.id);
    const gone = journal.sheetIds.filter((id) => !there.includes(id));
    return [...there, ...gone].map((id) => this.of(id)).filter((status) => status !== null);
  }

  /** Null for a sheet that nobody knows. */
  of(id: string): SheetStatus | null {
    const { list, journal, writeBack, writer } = this.options;
    const sheet = list.find(id);
    const known = list.knownAs(id);
    if (!known) return null;
    const { directoryId, directoryLabel, file, path } = known;
    const { writing, problem } = writeBack.stateOf(path);
    const missing: ErrorReport = { code: 'sheet.missing', values: { file }, detail: null };
    const waiting = journal.waiting(id).length;
    const last = sheet ? writer.lastWrite(path) : null;
    return {
      ...{ id, directoryId, directoryLabel, file, path, sheet: known.sheet, rows: sheet?.rows ?? 0 },
      writing: sheet ? writing : 'missing',
      waiting,
      // What waits for a sheet that is gone is the user's to drop.
      conflicts: journal.conflicts(id).length + (sheet ? 0 : waiting),
      writtenAt: last?.at ?? null,
      canUndo: last?.canUndo ?? false,
      problem: sheet ? (problem ?? this.problems.get(id) ?? null) : missing,
    };
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Several changes of one turn reach the windows as one. */
  private announce(): void {
    if (this.announcing) return;
    this.announcing = true;
    queueMicrotask(() => {
      this.announcing = false;
      this.changed.fire(this.list());
    });
  }
}
