import type { PlannedColumn } from './row-plan.ts';
import { splitNumbers, type WrittenNumber } from './split-numbers.ts';

/** A number of a row, and the column that it stands in, counted from 0. */
export interface RowNumber extends WrittenNumber {
  column: number;
}

/** The numbers of a row as written, column by column; an extension that has a column of its own goes to the number before. */
export function rowNumbers(cells: readonly string[], columns: readonly PlannedColumn[]): RowNumber[] {
  const numbers: RowNumber[] = [];
  for (const { index, column, label, isExtension } of columns) {
    const cell = cells[index]!;
    const before = numbers.at(-1);
    if (isExtension && before && /^\s*\d{1,6}\s*$/.test(cell)) before.text += ` доб. ${cell.trim()}`;
    else for (const written of splitNumbers(cell, label)) numbers.push({ ...written, column });
  }
  return numbers;
}
