import { OffhookError, toReport } from '#contract/errors.ts';
import type { CellChange, CellValue, RowChange, RowOutcome } from '#core/office/sheets/workbook-writer.ts';
import { cellText, longestText } from '../cells/cell-markup.ts';
import { datesShown } from '../cells/date-value.ts';
import type { RowMatcher } from './match-rows.ts';

/** A cell as it is shown now. */
export interface ShownCell {
  text: string;
  /** A formula's, or one of a range that a formula fills: it is never written over. */
  isFormula: boolean;
  /** Covered by a merged cell: nobody would see what is written there. */
  isCovered: boolean;
}

/** What is known of the columns that changes name. */
export interface KnownColumns<Row> {
  /** Null for a heading that the sheet lacks. */
  columnOf(heading: string): number | null;
  /** Whether one can be added: there is a row of headings. */
  mayAdd: boolean;
  shown(row: Row, column: number): ShownCell;
  /** Why a text cannot be written; null where it can. */
  refusal(text: string): OffhookError | null;
}

export interface RowWriting<Row> {
  row: Row;
  /** By heading. */
  values: Map<string, CellValue>;
}

/** Texts that differ in blanks alone are no reason to ask anybody. */
const bare = (text: string) => text.replace(/\r\n?/g, '\n').trim();

function isOurs(value: CellValue, now: string): boolean {
  if (value.kind === 'date') return datesShown(value).includes(now);
  return bare(value.kind === 'text' ? cellText(value.text) : '') === now;
}

export function tooLong({ length }: string): OffhookError | null {
  return length > longestText ? new OffhookError('sheet.text-too-long', { detail: `${length} characters` }) : null;
}

/** Says what is written into which row, and what of it is not. */
export class WritingPlan<Row extends { row: number }> {
  readonly writings = new Map<number, RowWriting<Row>>();
  private readonly columns: KnownColumns<Row>;
  private readonly matcher: RowMatcher<Row>;

  constructor(matcher: RowMatcher<Row>, columns: KnownColumns<Row>) {
    this.matcher = matcher;
    this.columns = columns;
  }

  outcomeOf(change: RowChange): RowOutcome {
    const { id } = change;
    const refusal = this.refusalOf(change);
    if (refusal) return { id, kind: 'refused', report: toReport(refusal) };
    const match = this.matcher.matchOf(change);
    if (match.kind !== 'found') return { id, kind: match.kind };
    const { row } = match;
    const covered = change.cells.find((cell) => this.shown(row, cell).isCovered);
    if (covered) {
      const detail = `row ${row.row}: “${covered.heading}” is covered by a merged cell`;
      return { id, kind: 'refused', report: toReport(new OffhookError('sheet.failed', { detail })) };
    }
    const conflicts = change.cells.filter((cell) => this.isConflict(row, cell));
    if (conflicts.length > 0) {
      const cells = conflicts.map((cell) => ({ heading: cell.heading, now: this.shown(row, cell).text }));
      return { id, kind: 'conflict', row: row.row, cells };
    }
    const formula = change.cells.find((cell) => this.isFormula(row, cell));
    if (formula) {
      const values = { heading: formula.heading };
      return { id, kind: 'refused', report: toReport(new OffhookError('sheet.formula', { values })) };
    }
    this.write(row, change.cells);
    return { id, kind: 'written', row: row.row };
  }

  private refusalOf({ cells }: RowChange): OffhookError | null {
    for (const { heading, value } of cells) {
      if (this.columns.columnOf(heading) === null) {
        if (!this.columns.mayAdd) return new OffhookError('sheet.column-unknown', { values: { heading } });
        const unwritable = this.columns.refusal(heading);
        if (unwritable) return unwritable;
      }
      const refusal =
        value.kind === 'text' ? (tooLong(cellText(value.text)) ?? this.columns.refusal(value.text)) : null;
      if (refusal) return refusal;
    }
    return null;
  }

  private shown(row: Row, { heading }: CellChange): ShownCell {
    const column = this.columns.columnOf(heading);
    return column === null ? { text: '', isFormula: false, isCovered: false } : this.columns.shown(row, column);
  }

  private isConflict(row: Row, cell: CellChange): boolean {
    const now = bare(this.shown(row, cell).text);
    // It was written before, and whoever asked did not hear of it.
    if (cell.expected === null || isOurs(cell.value, now)) return false;
    const before = this.writings.get(row.row)?.values.get(cell.heading);
    return bare(cell.expected) !== now && !(before && isOurs(before, bare(cell.expected)));
  }

  /** One that shows already what is to be written has nothing to lose, as in a workbook that is open in Excel. */
  private isFormula(row: Row, cell: CellChange): boolean {
    const { text, isFormula } = this.shown(row, cell);
    return isFormula && !isOurs(cell.value, bare(text));
  }

  private write(row: Row, cells: readonly CellChange[]): void {
    const writing = this.writings.get(row.row) ?? { row, values: new Map<string, CellValue>() };
    for (const cell of cells) {
      const isThere = isOurs(cell.value, bare(this.shown(row, cell).text));
      if (!isThere || writing.values.has(cell.heading)) writing.values.set(cell.heading, cell.value);
    }
    if (writing.values.size > 0) this.writings.set(row.row, writing);
  }
}
