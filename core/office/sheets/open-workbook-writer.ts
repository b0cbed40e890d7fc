import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { Clock } from '#core/foundation/index.ts';
import { namingRefusal } from './naming-refusal.ts';
import type { OpenCell, OpenRowOutcome, OpenWorkbooks } from './open-workbooks.ts';
import { planOpenWriting, type OpenLayout } from './plan-open-writing.ts';
import type { LinkChange, RowChange, RowOutcome, WorkbookTarget, WorkbookWriter } from './workbook-writer.ts';

export interface OpenWorkbookWriterOptions {
  /** Writes where nobody has the workbook open. */
  closed: WorkbookWriter;
  open: OpenWorkbooks;
  clock: Clock;
}

/** As many cells as Excel is given at once, whole rows. */
const cellsAtOnce = 900;

/** Writes into a workbook that is open in Excel here by Excel, whose user saves it; into any other as a closed one. */
export class OpenWorkbookWriter implements WorkbookWriter {
  private readonly options: OpenWorkbookWriterOptions;
  private readonly layouts = new Map<string, OpenLayout>();

  constructor(options: OpenWorkbookWriterOptions) {
    this.options = options;
  }

  async look(file: string): Promise<ErrorReport | null> {
    const report = await this.options.closed.look(file);
    return report?.code === 'sheet.locked' && (await this.takesValues(file)) ? null : report;
  }

  async isOpenHere(file: string): Promise<boolean> {
    const report = await this.options.closed.look(file);
    return report?.code === 'sheet.locked' && (await this.takesValues(file));
  }

  async write(
    target: WorkbookTarget,
    changes: readonly RowChange[],
  ): Promise<{ rows: RowOutcome[]; copy: string | null }> {
    try {
      return await this.options.closed.write(target, changes);
    } catch (error) {
      if (!(error instanceof OffhookError) || error.code !== 'sheet.locked') throw error;
      const rows = await this.writeOpen(target, changes);
      // Somebody else has it open.
      if (!rows) throw error;
      return { rows, copy: null };
    }
  }

  setLinks(target: WorkbookTarget, change: LinkChange): Promise<{ cells: number; copy: string | null }> {
    return this.options.closed.setLinks(target, change);
  }

  undo(file: string): Promise<void> {
    return this.options.closed.undo(file);
  }

  lastWrite(file: string): { at: number; canUndo: boolean } | null {
    return this.options.closed.lastWrite(file);
  }

  private async takesValues(file: string): Promise<boolean> {
    return (await this.options.open.sheets(file, new AbortController().signal)) !== null;
  }

  private async writeOpen(target: WorkbookTarget, changes: readonly RowChange[]): Promise<RowOutcome[] | null> {
    const { open } = this.options;
    const { signal } = new AbortController();
    const name = `${target.file}\n${target.sheet}`;
    const plan = await planOpenWriting(target, changes, this.layouts.get(name) ?? null, (columns) =>
      open.read(target, columns, signal),
    );
    if (!plan) return null;
    this.layouts.set(name, plan.layout);
    const outcomes = new Map(plan.decided.map((outcome) => [outcome.id, outcome]));
    for (const cells of inPieces(plan.cells)) {
      const answers = await open.write(target, cells, signal);
      // It was closed meanwhile: what is not written yet is tried again.
      if (!answers) return null;
      for (const answer of answers) {
        const outcome = toOutcome(answer, plan.layout, plan.rows);
        if (outcome) outcomes.set(outcome.id, outcome);
      }
    }
    // The row of headings is no change's.
    return changes
      .map(({ id }) => outcomes.get(id))
      .filter((outcome) => outcome !== undefined)
      .map((outcome) => namingRefusal(outcome, target.file));
  }
}

/** Rows stay whole: each is written altogether or not at all. */
function inPieces(cells: readonly OpenCell[]): OpenCell[][] {
  const pieces: OpenCell[][] = [[]];
  for (const row of Map.groupBy(cells, (cell) => cell.row).values()) {
    if (pieces.at(-1)!.length + row.length > cellsAtOnce) pieces.push([]);
    pieces.at(-1)!.push(...row);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function toOutcome(
  answer: OpenRowOutcome,
  layout: OpenLayout,
  rows: ReadonlyMap<number, RowChange>,
): RowOutcome | null {
  const change = rows.get(answer.row);
  if (!change) return null;
  const { id, cells } = change;
  if (answer.kind === 'written') return { id, kind: 'written', row: answer.row };
  const found = cells.flatMap(({ heading }) => {
    const there = answer.cells.find(({ column }) => column - 1 === layout.columnOf(heading));
    return there ? [{ heading, now: there.now }] : [];
  });
  if (answer.kind === 'conflict') return { id, kind: 'conflict', row: answer.row, cells: found };
  const heading = cells.find((cell) => {
    const column = layout.columnOf(cell.heading);
    return answer.cells.some((there) => there.reason === 'formula' && there.column - 1 === column);
  })?.heading;
  if (heading !== undefined)
    return { id, kind: 'refused', report: toReport(new OffhookError('sheet.formula', { values: { heading } })) };
  const [reason] = answer.cells.map((cell) => cell.reason);
  return { id, kind: 'refused', report: { code: 'sheet.failed', values: {}, detail: reason ?? null } };
}
