import type { CallResult, ResultColumns } from '#contract/ipc/index.ts';
import type { CellValue } from '../workbook-writer.ts';
import { shownValue } from './shown-value.ts';
import type { ChangedCell, SheetChange } from './sheet-change.ts';

export interface ResultPlace {
  results: ResultColumns;
  /** What a column shows in the row now; empty for one that is not there, or is not known. */
  textOf: (heading: string) => string;
  /** What waits for the row, or needs the user's word. */
  before: SheetChange | null;
  /** What was written last of the same call. */
  written: SheetChange | null;
}

function date(at: number): CellValue {
  const day = new Date(at);
  return { kind: 'date', at, withTime: day.getHours() !== 0 || day.getMinutes() !== 0 };
}

/** A note is put under what the office has written there itself. */
export function addNote(base: string, note: string): string {
  const before = base.trim();
  if (before === '' || note.startsWith(before)) return note;
  return before === note || before.endsWith(`\n${note}`) ? before : `${before}\n${note}`;
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const cellOf = (change: SheetChange | null, heading: string) =>
  change?.cells.find((cell) => same(cell.heading, heading));

function noteCell(heading: string, note: string, place: ResultPlace): ChangedCell {
  const waiting = place.before?.state === 'waiting' ? cellOf(place.before, heading) : undefined;
  const now = waiting?.expected ?? place.textOf(heading);
  const written = cellOf(place.written, heading);
  // Ours is still there as it was written: a better note takes its place.
  const isOurs = !waiting && written?.base !== undefined && shownValue(written.value) === now;
  const base = waiting?.base ?? (isOurs ? written.base! : now);
  return { heading, value: { kind: 'text', text: addNote(base, note) }, expected: now, base };
}

/**
 * What a result changes in its row. What waits for the row goes on waiting, but for what is said anew; what the sheet
 * showed when the first of it was read is what it is expected to show.
 */
export function resultCells(result: CallResult, place: ResultPlace): ChangedCell[] {
  const { outcome, note, calledAt, followUp } = place.results;
  const cells: ChangedCell[] = [];
  const add = (heading: string | null, value: CellValue | null) => {
    if (heading === null || value === null) return;
    const waiting = place.before?.state === 'waiting' ? cellOf(place.before, heading) : undefined;
    cells.push({ heading, value, expected: waiting ? waiting.expected : place.textOf(heading) });
  };
  add(outcome, result.outcome ? { kind: 'text', text: result.outcome } : null);
  if (note !== null && result.note.trim() !== '') cells.push(noteCell(note, result.note.trim(), place));
  add(calledAt, result.calledAt === null ? null : date(result.calledAt));
  add(followUp, result.followUpAt === null ? null : date(result.followUpAt));
  const kept = (place.before?.cells ?? []).filter(({ heading }) => !cells.some((cell) => same(cell.heading, heading)));
  return [...kept, ...cells];
}
