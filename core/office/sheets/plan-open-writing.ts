import { OffhookError, toReport } from '#contract/errors.ts';
import {
  planRows,
  RowEntries,
  RowKeys,
  type TableFile,
  type TableRow,
} from '#core/contacts/directories/sheets/index.ts';
import type { OpenCell, OpenRow } from './open-workbooks.ts';
import { chooseSheet } from './patching/rows/choose-sheet.ts';
import { headingFinder } from './patching/rows/find-columns.ts';
import { RowMatcher } from './patching/rows/match-rows.ts';
import type { RowChange, RowOutcome, WorkbookTarget } from './workbook-writer.ts';

/** Columns are counted from 0 here, as in files. */
export interface OpenLayout {
  plan: ReturnType<typeof planRows>;
  /** Texts of the row of headings by their columns, by which it is known again. */
  headings: ReadonlyMap<number, string>;
  /** Columns that come after all others. */
  next: number;
  columnOf(heading: string): number | null;
}

export interface OpenWriting {
  layout: OpenLayout;
  cells: OpenCell[];
  /** Whose rows those are. */
  rows: ReadonlyMap<number, RowChange>;
  /** What needs no writing to be known. */
  decided: RowOutcome[];
}

type ReadColumns = (columns: readonly number[]) => Promise<OpenRow[] | null>;

/** More columns than a customer sheet has. */
const columnsLooked = 60;
const looked = Array.from({ length: columnsLooked }, (_each, column) => column);

/** A sheet that was read as a whole, as if it were a file. */
function tableOf(sheet: string, rows: readonly TableRow[]): TableFile {
  return {
    sheets: [sheet],
    async *rows(_sheet, columns) {
      yield {
        rows: rows.map((row) => ({ ...row, cells: columns.map((column) => row.cells[column] ?? '') })),
        share: 1,
      };
    },
    close: async () => undefined,
  };
}

const isFilled = ({ cells }: { cells: readonly string[] }) => cells.some((text) => text !== '');
const toRows = (rows: readonly OpenRow[]) =>
  rows.filter(isFilled).map(({ row, cells }) => ({ row, cells, faults: null }));

async function findLayout(target: WorkbookTarget, read: ReadColumns): Promise<OpenLayout | null> {
  const found = await read(looked.map((column) => column + 1));
  if (!found) return null;
  const rows = toRows(found);
  const table = tableOf(target.sheet, rows);
  const sheet = await chooseSheet(table, target);
  const columnOf = await headingFinder(table, sheet);
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.findLastIndex((text) => text !== '')));
  const texts = rows.find(({ row }) => row === sheet.headerRow)?.cells ?? [];
  return { plan: planRows(sheet), headings: new Map(texts.entries()), next: widest + 1, columnOf };
}

/** Whether the sheet has its headings where they were. */
function isAsBefore({ plan, headings }: OpenLayout, columns: readonly number[], rows: readonly OpenRow[]): boolean {
  const row = rows.find((each) => each.row === plan.headerRow);
  return (
    plan.headerRow > 0 && columns.every((column, index) => (headings.get(column) ?? '') === (row?.cells[index] ?? ''))
  );
}

/**
 * Finds in a workbook that is open the rows of the changes by who they are about, and says which cells to write; each row
 * is written only if it still is that row. Null where it is not open.
 * @param known of the last time: then only the columns that are needed are read
 */
export async function planOpenWriting(
  target: WorkbookTarget,
  changes: readonly RowChange[],
  known: OpenLayout | null,
  read: ReadColumns,
): Promise<OpenWriting | null> {
  const layout = known ?? (await findLayout(target, read));
  if (!layout) return null;
  const { plan, columnOf } = layout;
  const named = changes.flatMap(({ cells }) => cells.map(({ heading }) => columnOf(heading)));
  // Where a column is to be added, it has to be seen which are there by now: ours of the last time, and others'.
  if (known && named.includes(null)) return planOpenWriting(target, changes, null, read);
  const targets = named.filter((each) => each !== null);
  const columns = [...new Set([...plan.columns, ...targets])];
  const found = await read(columns.map((column) => column + 1));
  if (!found) return null;
  if (known && !isAsBefore(known, columns, found)) return planOpenWriting(target, changes, null, read);

  const entries = new RowEntries(plan, { path: '', file: '', sheet: target.sheet }, new RowKeys(''), () => undefined);
  const matcher = new RowMatcher<TableRow>(changes, target.keyPrefix);
  for (const row of toRows(found)) {
    const identity = entries.identityOf({ ...row, cells: row.cells.slice(0, plan.columns.length) });
    if (identity) matcher.look(row, identity);
  }
  return { layout, ...cellsFor(changes, layout, matcher) };
}

function cellsFor(changes: readonly RowChange[], layout: OpenLayout, matcher: RowMatcher<TableRow>) {
  const { plan, columnOf, next } = layout;
  const isLacking = (heading: string) => columnOf(heading) === null;
  // Where there is no row of headings, there is no place for one more.
  const mayAdd = plan.headerRow > 0;
  const named = new Set(changes.flatMap(({ cells }) => cells.map(({ heading }) => heading)));
  const lacking = mayAdd ? [...named].filter(isLacking) : [];
  const placeOf = (heading: string) => columnOf(heading) ?? next + lacking.indexOf(heading);
  const cells: OpenCell[] = [];
  const rows = new Map<number, RowChange>();
  const decided: RowOutcome[] = [];
  for (const change of changes) {
    const unknown = mayAdd ? undefined : change.cells.find(({ heading }) => isLacking(heading));
    if (unknown) {
      const error = new OffhookError('sheet.column-unknown', { values: { heading: unknown.heading } });
      decided.push({ id: change.id, kind: 'refused', report: toReport(error) });
      continue;
    }
    const match = matcher.matchOf(change);
    if (match.kind !== 'found') {
      decided.push({ id: change.id, kind: match.kind });
      continue;
    }
    const { row } = match.row;
    // Each row is one change's: what comes for it besides waits for the next time.
    if (rows.has(row)) continue;
    rows.set(row, change);
    // Whoever types in Excel meanwhile may have moved the row.
    for (const role of ['id', 'number', 'name', 'firm'] as const)
      for (const { column, index } of plan.byRole.get(role) ?? [])
        cells.push({ row, column: column + 1, value: null, expected: match.row.cells[index] ?? '' });
    for (const { heading, value, expected } of change.cells)
      cells.push({ row, column: placeOf(heading) + 1, value, expected });
  }
  if (rows.size === 0) return { cells: [], rows, decided };
  const added = lacking.map((heading): OpenCell => {
    return { row: plan.headerRow, column: placeOf(heading) + 1, value: { kind: 'text', text: heading }, expected: '' };
  });
  return { cells: [...added, ...cells], rows, decided };
}
