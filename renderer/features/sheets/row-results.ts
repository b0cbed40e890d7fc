import type { SheetColumn, SheetRow } from '#contract/ipc/index.ts';
import { cellAt } from './table-columns.ts';
import type { ResultKind, TableColumn } from './table-columns.ts';

/**
 * What came of calls with a row, as shown: what was said here (a text, or a moment in Unix ms), else the sheet's cell.
 * Words that are written already are the sheet's: it may say more, or something else by now.
 */
export function resultOf(row: SheetRow, column: TableColumn, columns: readonly SheetColumn[]): string | number {
  const said: Record<ResultKind, string | number | null | undefined> = {
    outcome: row.result?.outcome,
    note: row.result?.note,
    followUp: row.result?.followUpAt,
    calledAt: row.result?.calledAt,
  };
  const cell = cellAt(row, columns, column.column);
  const isWord = column.kind === 'outcome' || column.kind === 'note';
  if (isWord && row.writing === 'written' && cell !== '') return cell;
  return said[column.kind as ResultKind] || cell || (column.kind === 'calledAt' ? (row.lastCalledAt ?? '') : '');
}
