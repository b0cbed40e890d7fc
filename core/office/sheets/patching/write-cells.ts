import { OffhookError } from '#contract/errors.ts';
import { planRows, RowEntries, RowKeys } from '#core/contacts/directories/sheets/index.ts';
import type { RowChange, RowOutcome, WorkbookTarget } from '../workbook-writer.ts';
import { holds, lastColumn, rangeText, type CellRange } from './cells/cell-place.ts';
import { NextCells } from './cells/next-cells.ts';
import { patchRow, type NextCell } from './cells/row-markup.ts';
import type { PlacedRow, SheetOutline } from './cells/sheet-sink.ts';
import { scanSheet, type OpenSheet } from './open-sheet.ts';
import { type Edit } from './package/edits.ts';
import { sheetTables } from './package/sheet-tables.ts';
import { tagsOf, withAttribute } from './package/markup.ts';
import { headingFinder } from './rows/find-columns.ts';
import { RowMatcher } from './rows/match-rows.ts';
import { WritingPlan, type KnownColumns, type RowWriting } from './rows/plan-writing.ts';

export interface CellWriting {
  outcomes: RowOutcome[];
  edits: Edit[];
}

/** Columns that the sheet lacks, after its last and outside of its tables. */
function newColumns(headings: readonly string[], outline: SheetOutline, tables: readonly CellRange[]) {
  const first = Math.max(outline.widest, ...tables.map(({ right }) => right)) + 1;
  if (first + headings.length - 1 > lastColumn)
    throw new OffhookError('sheet.too-large', { detail: 'no column is left' });
  return new Map(headings.map((heading, index) => [heading, first + index]));
}

/** The first row of a dimension's element with another range. */
function dimensionEdit({ at, range }: { at: number; range: CellRange }, written: readonly CellRange[]): Edit {
  const whole = written.reduce(
    (all, each) => ({
      left: Math.min(all.left, each.left),
      right: Math.max(all.right, each.right),
      top: Math.min(all.top, each.top),
      bottom: Math.max(all.bottom, each.bottom),
    }),
    range,
  );
  return {
    at,
    take: (bytes) => {
      const text = bytes.toString('latin1', 0, 4096);
      const [tag] = tagsOf(text);
      if (!tag) return null;
      const changed = withAttribute(text.slice(0, tag.end), 'ref', rangeText(whole));
      return { length: tag.end, bytes: Buffer.from(changed, 'latin1') };
    },
  };
}

const cellRange = (column: number, row: number): CellRange => ({ left: column, right: column, top: row, bottom: row });

/** Finds the rows of the changes in a sheet, and says which bytes of its part become others. */
export async function planCells(
  open: OpenSheet,
  { keyPrefix }: Pick<WorkbookTarget, 'keyPrefix'>,
  changes: readonly RowChange[],
): Promise<CellWriting> {
  const { opened, part, sheet, table } = open;
  const plan = planRows(sheet);
  const columnOf = await headingFinder(table, sheet);
  const targets = changes.flatMap(({ cells }) => cells.map(({ heading }) => columnOf(heading)));
  const columns = [...new Set([...plan.columns, ...targets.filter((column) => column !== null)])];
  const places = new Map(columns.map((column, place) => [column, place]));
  const entries = new RowEntries(plan, { path: '', file: '', sheet: sheet.sheet }, new RowKeys(''), () => undefined);
  const matcher = new RowMatcher<PlacedRow>(changes, keyPrefix);
  const outline = await scanSheet(open, columns, (rows) => {
    for (const row of rows) {
      // What is wrong with a cell that is only written says nothing of whom the row is about.
      const faults = row.faults?.filter(({ index }) => index < plan.columns.length) ?? null;
      const identity = entries.identityOf(faults === row.faults ? row : { ...row, faults });
      if (identity) matcher.look(row, identity);
    }
  });
  const known: KnownColumns<PlacedRow> = {
    columnOf,
    mayAdd: sheet.headerRow > 0 && outline.heading >= 0,
    refusal: () => null,
    shown: ({ cells, formulas, row }, column) => {
      const place = places.get(column)!;
      return {
        text: cells[place]!,
        isFormula: formulas?.includes(place) === true || outline.arrays.some((each) => holds(each, column, row)),
        isCovered: outline.merged.some(
          (each) => holds(each, column, row) && !(each.left === column && each.top === row),
        ),
      };
    },
  };
  const writing = new WritingPlan(matcher, known);
  const outcomes = changes.map((change) => writing.outcomeOf(change));
  const writings = [...writing.writings.values()];
  const next = new NextCells(outline, open.styles, opened.index.date1904, sheet.sheet);
  const edits = await cellEdits(writings, { outline, next, columnOf, headerRow: sheet.headerRow }, () =>
    sheetTables(opened, part),
  );
  return { outcomes, edits };
}

interface EditedSheet {
  outline: SheetOutline;
  next: NextCells;
  columnOf(heading: string): number | null;
  headerRow: number;
}

async function cellEdits(
  writings: readonly RowWriting<PlacedRow>[],
  { outline, next, columnOf, headerRow }: EditedSheet,
  tables: () => Promise<CellRange[]>,
): Promise<Edit[]> {
  if (writings.length === 0) return [];
  const filled = writings.flatMap(({ values }) => [...values].filter(([, { kind }]) => kind !== 'empty'));
  const lacking = [...new Set(filled.map(([heading]) => heading).filter((heading) => columnOf(heading) === null))];
  const added = lacking.length > 0 ? newColumns(lacking, outline, await tables()) : new Map<string, number>();
  const written: CellRange[] = [];
  const edits = writings.map(({ row, values }): Edit => {
    const cells = new Map<number, NextCell>();
    for (const [heading, value] of values) {
      const column = columnOf(heading) ?? added.get(heading);
      if (column === undefined) continue;
      cells.set(column, next.value(column, value));
      written.push(cellRange(column, row.row));
    }
    return { at: row.at, take: (bytes) => patchRow(bytes, row.row, cells) };
  });
  if (added.size > 0) {
    const cells = new Map([...added].map(([heading, column]) => [column, next.heading(heading)]));
    edits.push({ at: outline.heading, take: (bytes) => patchRow(bytes, headerRow, cells) });
    for (const column of added.values()) written.push(cellRange(column, headerRow));
  }
  if (outline.dimension) edits.push(dimensionEdit(outline.dimension, written));
  return edits;
}
