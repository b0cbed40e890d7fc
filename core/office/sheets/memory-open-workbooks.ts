import { OffhookError } from '#contract/errors.ts';
import type { OpenCell, OpenRow, OpenRowOutcome, OpenSheet, OpenWorkbooks } from './open-workbooks.ts';
import type { CellValue } from './workbook-writer.ts';

const textOf = (value: CellValue) =>
  value.kind === 'text' ? value.text : value.kind === 'empty' ? '' : new Date(value.at).toISOString().slice(0, 16);

/** Workbooks as an Excel would have them open; for tests. */
export class MemoryOpenWorkbooks implements OpenWorkbooks {
  /** Rows of texts by file; only those are open. */
  readonly open = new Map<string, string[][]>();
  /** `row,column` of cells that have formulas, in whichever of them. */
  readonly formulas = new Set<string>();
  busy = false;

  async sheets(file: string): Promise<string[] | null> {
    return this.table(file) ? ['Sheet1'] : null;
  }

  async read(
    { file }: OpenSheet,
    columns: readonly number[],
    _signal?: AbortSignal,
    { from, to } = { from: 1, to: Infinity },
  ): Promise<OpenRow[] | null> {
    const table = this.table(file);
    const rows = table?.map((cells, index) => ({
      row: index + 1,
      cells: columns.map((column) => cells[column - 1] ?? ''),
    }));
    return rows?.filter(({ row }) => row >= from && row <= to) ?? null;
  }

  async write({ file }: OpenSheet, cells: readonly OpenCell[]): Promise<OpenRowOutcome[] | null> {
    const table = this.table(file);
    if (!table) return null;
    const rows = Map.groupBy(cells, ({ row }) => row);
    return [...rows].map(([row, wanted]) => this.writeRow((table[row - 1] ??= []), row, wanted));
  }

  private writeRow(texts: string[], row: number, wanted: readonly OpenCell[]): OpenRowOutcome {
    const there = ({ column }: OpenCell) => texts[column - 1] ?? '';
    const isOurs = (cell: OpenCell) => cell.value !== null && there(cell) === textOf(cell.value);
    const changing = wanted.filter((cell) => !isOurs(cell));
    const differing = changing.filter((cell) => cell.expected !== null && there(cell) !== cell.expected);
    const now = (cell: OpenCell) => ({ column: cell.column, now: there(cell) });
    if (differing.length > 0) return { row, kind: 'conflict', cells: differing.map(now) };
    const fixed = changing.filter(({ column, value }) => value && this.formulas.has(`${row},${column}`));
    if (fixed.length > 0)
      return { row, kind: 'refused', cells: fixed.map((cell) => ({ ...now(cell), reason: 'formula' })) };
    for (const { column, value } of wanted) if (value) texts[column - 1] = textOf(value);
    return { row, kind: 'written' };
  }

  private table(file: string): string[][] | undefined {
    if (this.busy) throw new OffhookError('sheet.excel-busy');
    return this.open.get(file);
  }
}
