import type { ErrorReport } from '#contract/errors.ts';
import type { SqlValue, Statement } from '#core/storage/index.ts';
import type { ChangeState, SheetChange } from './sheet-change.ts';

/** The row as SQLite gives it; lists are JSON. */
export interface ChangeRow {
  id: number;
  sheet_id: string;
  row_key: string;
  row: number | null;
  name: string;
  cells: string;
  call_id: string | null;
  state: ChangeState;
  found: string;
  attempts: number;
  error: string | null;
  made_at: number;
  changed_at: number;
}

export function toChange(row: ChangeRow): SheetChange {
  const { id, name, state, attempts } = row;
  return {
    ...{ id, name, state, attempts, row: row.row, sheetId: row.sheet_id, key: row.row_key, callId: row.call_id },
    cells: JSON.parse(row.cells) as SheetChange['cells'],
    found: JSON.parse(row.found) as SheetChange['found'],
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
    madeAt: row.made_at,
    changedAt: row.changed_at,
  };
}

const insert = `INSERT OR REPLACE INTO sheet_change (id, sheet_id, row_key, row, name, cells, call_id, state, found,
  attempts, error, made_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export function keepChange(change: SheetChange): Statement {
  const { id, sheetId, key, row, name, cells, callId, state, found, attempts, error, madeAt, changedAt } = change;
  const values: SqlValue[] = [id, sheetId, key, row, name, JSON.stringify(cells), callId, state];
  values.push(JSON.stringify(found), attempts, error && JSON.stringify(error), madeAt, changedAt);
  return { sql: insert, values };
}
