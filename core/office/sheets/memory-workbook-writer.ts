import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import { shownValue } from './journal/shown-value.ts';
import type { LinkChange, RowChange, RowOutcome, WorkbookTarget, WorkbookWriter } from './workbook-writer.ts';

/** Rows of a sheet by their keys, each with its cells by their headings. */
export type MemorySheet = Map<string, { row: number; cells: Map<string, string> }>;

/** What a writer of workbooks promises, on tables in memory. */
export class MemoryWorkbookWriter implements WorkbookWriter {
  /** By `file`, a line feed and the name of the sheet. */
  readonly sheets = new Map<string, MemorySheet>();
  /** What every write of a file rejects with while it is there. */
  readonly failures = new Map<string, OffhookError>();
  /** Rows, by their keys, that never take what is to be written. */
  readonly refusals = new Map<string, OffhookError>();
  /** Every cell that was written. */
  readonly log: { key: string; heading: string; text: string }[] = [];
  /** Told after a file was written. */
  onWritten: (target: WorkbookTarget) => Promise<void> | void = () => undefined;
  /** Thrown when everything is written and nobody knows it yet. */
  crash: Error | null = null;
  running = 0;
  mostRunning = 0;
  private readonly now: () => number;
  private readonly before = new Map<string, { at: number; sheet: MemorySheet; key: string }>();

  constructor(now: () => number) {
    this.now = now;
  }

  async look(file: string): Promise<ErrorReport | null> {
    const failure = this.failures.get(file);
    return failure ? toReport(failure) : null;
  }

  async write(
    target: WorkbookTarget,
    changes: readonly RowChange[],
  ): Promise<{ rows: RowOutcome[]; copy: string | null }> {
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      await Promise.resolve();
      const failure = this.failures.get(target.file);
      if (failure) throw failure;
      const key = `${target.file}\n${target.sheet}`;
      const sheet = this.sheets.get(key);
      if (!sheet) throw new OffhookError('sheet.missing', { values: { file: target.file } });
      this.before.set(target.file, { at: this.now(), sheet: copyOf(sheet), key });
      const rows = changes.map((change) => this.writeRow(sheet, change));
      await this.onWritten(target);
      if (this.crash) throw this.crash;
      return { rows, copy: null };
    } finally {
      this.running -= 1;
    }
  }

  async setLinks(_target: WorkbookTarget, { links }: LinkChange): Promise<{ cells: number; copy: string | null }> {
    return { cells: links ? 1 : 0, copy: null };
  }

  async undo(file: string): Promise<void> {
    const before = this.before.get(file);
    if (!before) throw new OffhookError('sheet.nothing-to-undo');
    this.sheets.set(before.key, before.sheet);
    this.before.delete(file);
  }

  lastWrite(file: string): { at: number; canUndo: boolean } | null {
    const before = this.before.get(file);
    return before ? { at: before.at, canUndo: true } : null;
  }

  private writeRow(sheet: MemorySheet, { id, key, cells }: RowChange): RowOutcome {
    const refusal = this.refusals.get(key);
    if (refusal) return { id, kind: 'refused', report: toReport(refusal) };
    const found = sheet.get(key);
    if (!found) return { id, kind: 'gone' };
    const wrong = cells.filter(({ heading, value, expected }) => {
      const now = found.cells.get(heading) ?? '';
      return expected !== null && now !== expected && now !== shownValue(value);
    });
    const now = wrong.map(({ heading }) => ({ heading, now: found.cells.get(heading) ?? '' }));
    if (wrong.length > 0) return { id, kind: 'conflict', row: found.row, cells: now };
    for (const { heading, value } of cells) {
      const text = shownValue(value);
      if (found.cells.get(heading) !== text) this.log.push({ key, heading, text });
      found.cells.set(heading, text);
    }
    return { id, kind: 'written', row: found.row };
  }
}

function copyOf(sheet: MemorySheet): MemorySheet {
  return new Map([...sheet].map(([key, { row, cells }]) => [key, { row, cells: new Map(cells) }]));
}
