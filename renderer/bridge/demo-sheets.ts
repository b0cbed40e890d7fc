import { OffhookError } from '#contract/errors.ts';
import type {
  CallResult,
  CommandInput,
  SheetColumn,
  SheetConflict,
  SheetFilter,
  SheetPage,
  SheetRow,
  SheetSetup,
  SheetStatus,
} from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';
import { DemoSheetWalk } from './demo-sheet-walk.ts';

export interface DemoSheet {
  status: SheetStatus;
  columns: SheetColumn[];
  rows: SheetRow[];
  setup: SheetSetup;
  conflicts: SheetConflict[];
}

/** Whether the filter lets a row through, at a moment in Unix ms. */
function passes(row: SheetRow, filter: Partial<SheetFilter>, now: number): boolean {
  const text = (filter.text ?? '').trim().toLocaleLowerCase('ru');
  const words = [row.name, row.firm, ...row.cells, ...row.numbers.map(({ display }) => display)].join(' ');
  if (text !== '' && !words.toLocaleLowerCase('ru').includes(text)) return false;
  if (filter.uncalled && row.lastCalledAt !== null) return false;
  return !filter.due || (row.result?.followUpAt ?? Infinity) <= now;
}

/** The customer sheets of the agent in memory: results are written at once where the workbook is free, else they wait. */
export class DemoSheets {
  readonly walking: DemoSheetWalk;
  private readonly bridge: DemoBridge;
  private versions = 1;
  /** Cells of rows before they were written to last. */
  private readonly before = new Map<string, string[]>();

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    this.walking = new DemoSheetWalk(bridge, this);
    bridge.answer('sheets.list', () => structuredClone(bridge.state.sheets.map(({ status }) => status)));
    bridge.answer('sheets.page', (asked) => this.page(asked));
    bridge.answer('sheets.setup', ({ sheetId }) => {
      const { setup, columns } = this.find(sheetId);
      return structuredClone({ setup, headings: columns.map(({ heading }) => heading) });
    });
    bridge.answer('sheets.setUp', ({ sheetId, setup }) => {
      Object.assign(this.find(sheetId).setup, setup);
      this.rowsChanged(sheetId);
      return {};
    });
    bridge.answer('sheets.record', ({ sheetId, rowKey, result }) => {
      this.record(sheetId, rowKey, result);
      return {};
    });
    bridge.answer('sheets.conflicts', ({ sheetId }) => structuredClone(this.find(sheetId).conflicts));
    bridge.answer('sheets.resolve', (asked) => this.resolve(asked));
    bridge.answer('sheets.write', ({ sheetId }) => this.write(sheetId));
    bridge.answer('sheets.undo', ({ sheetId }) => this.undo(sheetId));
    bridge.answer('sheets.links', ({ sheetId, column }) => ({
      cells: this.find(sheetId).rows.filter(({ numbers }) => numbers.some((number) => number.column === column)).length,
    }));
  }

  find(sheetId: string): DemoSheet {
    const found = this.bridge.state.sheets.find(({ status }) => status.id === sheetId);
    if (!found) throw new OffhookError('sheet.unknown');
    return found;
  }

  row(sheetId: string, key: string): SheetRow {
    const found = this.find(sheetId).rows.find((row) => row.key === key);
    if (!found) throw new OffhookError('sheet.row-unknown');
    return found;
  }

  filtered(sheetId: string, filter: Partial<SheetFilter>): SheetRow[] {
    const [now, { rows }] = [Date.now(), this.find(sheetId)];
    if (!filter.text && !filter.uncalled && !filter.due) return rows;
    return rows.filter((row) => passes(row, filter, now));
  }

  private page({ sheetId, filter, offset, limit }: CommandInput<'sheets.page'>): SheetPage {
    const rows = this.filtered(sheetId, filter);
    const { columns } = this.find(sheetId);
    return structuredClone({
      columns,
      total: rows.length,
      rows: rows.slice(offset, offset + limit),
      version: this.versions,
    });
  }

  record(sheetId: string, key: string, result: CallResult): void {
    const row = this.row(sheetId, key);
    row.result = result;
    row.lastCalledAt = result.calledAt ?? row.lastCalledAt;
    row.writing = 'waiting';
    this.settle(sheetId);
  }

  /** What waits is written where it can be; then everybody is told. */
  private settle(sheetId: string): void {
    const { status, rows, conflicts } = this.find(sheetId);
    const waiting = rows.filter(({ writing }) => writing === 'waiting');
    if (waiting.length > 0 && (status.writing === 'free' || status.writing === 'open')) {
      for (const row of waiting) this.put(sheetId, row);
      [status.writtenAt, status.canUndo, status.waiting] = [Date.now(), true, 0];
    } else {
      status.waiting = waiting.length;
    }
    status.conflicts = conflicts.length;
    this.rowsChanged(sheetId);
  }

  private put(sheetId: string, row: SheetRow): void {
    const { columns, setup } = this.find(sheetId);
    row.writing = 'written';
    this.before.set(row.key, [...row.cells]);
    const { outcome, note } = setup.results;
    for (const [heading, text] of [[outcome, row.result?.outcome] as const, [note, row.result?.note] as const]) {
      const at = columns.findIndex((column) => column.heading === heading);
      if (at >= 0 && text) row.cells[at] = text;
    }
  }

  private resolve({ conflictIds, keep }: CommandInput<'sheets.resolve'>): Record<string, never> {
    for (const sheet of this.bridge.state.sheets) {
      const solved = sheet.conflicts.filter(({ id }) => conflictIds.includes(id));
      if (solved.length === 0) continue;
      sheet.conflicts = sheet.conflicts.filter(({ id }) => !conflictIds.includes(id));
      for (const { key } of solved) {
        const row = sheet.rows.find((one) => one.key === key);
        if (row && keep === 'ours') row.writing = 'waiting';
        else if (row) [row.writing, row.result] = ['none', null];
      }
      this.settle(sheet.status.id);
    }
    return {};
  }

  private write(sheetId: string): SheetStatus {
    this.settle(sheetId);
    return structuredClone(this.find(sheetId).status);
  }

  private undo(sheetId: string): SheetStatus {
    const { status, rows } = this.find(sheetId);
    if (!status.canUndo) throw new OffhookError('sheet.nothing-to-undo');
    for (const row of rows.filter(({ writing }) => writing === 'written'))
      [row.writing, row.cells] = ['none', this.before.get(row.key) ?? row.cells];
    [status.canUndo, status.writtenAt] = [false, null];
    this.rowsChanged(sheetId);
    return structuredClone(status);
  }

  /** How the workbook can be written to from now on. */
  turn(sheetId: string, part: Partial<SheetStatus>): void {
    Object.assign(this.find(sheetId).status, part);
    this.settle(sheetId);
  }

  rowsChanged(sheetId: string): void {
    this.versions += 1;
    this.bridge.emit('sheets.rowsChanged', { sheetId, version: this.versions });
    this.bridge.emit('sheets.changed', {
      sheets: structuredClone(this.bridge.state.sheets.map(({ status }) => status)),
    });
  }
}
