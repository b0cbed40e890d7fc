import type { ResultColumns, SheetFilter } from '#contract/ipc/index.ts';
import type { RowMark } from './sheet-reader.ts';
import { readShownDate } from './shown-date.ts';
import { unpackCells, type SheetTable, type TableEntry } from './sheet-table.ts';

export interface FilterFacts {
  marks: ReadonlyMap<string, RowMark>;
  results: ResultColumns;
  country: string;
  /** Unix ms. */
  now: number;
}

export const foldText = (text: string) => text.toLowerCase().replaceAll('ё', 'е');

/** A follow-up is due from its time on, until somebody calls again. */
function isDue(followUpAt: number | null, calledAt: number | null, now: number): boolean {
  return followUpAt !== null && followUpAt <= now && (calledAt === null || calledAt <= followUpAt);
}

/** Whether a row is let through; to be asked of many rows of one table. */
export function rowFilter(table: SheetTable, filter: SheetFilter, facts: FilterFacts): (entry: TableEntry) => boolean {
  const words = foldText(filter.text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const [called, followUp] = [table.columnOf(facts.results.calledAt), table.columnOf(facts.results.followUp)];
  return (entry) => {
    if (words.length > 0) {
      const text = foldText(entry.cells);
      if (!words.every((word) => text.includes(word))) return false;
    }
    if (!filter.uncalled && !filter.due) return true;
    const mark = facts.marks.get(entry.key);
    const cells = unpackCells(entry.cells);
    const calledText = (called >= 0 ? cells[called]! : '').trim();
    if (filter.uncalled && (calledText !== '' || (mark?.calledAt ?? null) !== null)) return false;
    if (!filter.due) return true;
    const followUpAt = mark?.followUpAt ?? readShownDate(followUp >= 0 ? cells[followUp]! : '', facts.country);
    const inSheet = readShownDate(calledText, facts.country);
    const calledAt = mark?.calledAt == null ? inSheet : Math.max(mark.calledAt, inSheet ?? 0);
    return isDue(followUpAt, calledAt, facts.now);
  };
}
