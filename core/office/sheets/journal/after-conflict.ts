import { addNote } from './result-cells.ts';
import type { ChangedCell, SheetChange } from './sheet-change.ts';
import { saysTheSame, shownValue } from './shown-value.ts';

export interface ConflictFacts {
  /** What stands in the cells that are in the way. */
  found: SheetChange['found'];
  /** What was written to the row last. */
  written: SheetChange | null;
  country: string;
}

const cellOf = (change: SheetChange | null, heading: string) => change?.cells.find((cell) => cell.heading === heading);

/**
 * Whether what is there is no word of anybody else: what was expected in another form, what we say ourselves, or what
 * we wrote before and nobody has saved yet.
 */
function isHarmless(cell: ChangedCell | undefined, now: string, { written, country }: ConflictFacts): boolean {
  // The same text that did not fit is no other form of it: it would be tried for ever.
  if (!cell || cell.expected === now) return false;
  const ours = cellOf(written, cell.heading);
  const texts = [cell.expected ?? '', shownValue(cell.value), ...(ours ? [shownValue(ours.value)] : [])];
  return texts.some((text) => saysTheSame(now, text, country));
}

/** The cell with what is there as what is expected; a note goes under it. */
function rebased(cell: ChangedCell, now: string): ChangedCell {
  if (cell.base === undefined || cell.value.kind !== 'text') return { ...cell, expected: now };
  const { text } = cell.value;
  const note = text.startsWith(cell.base) ? text.slice(cell.base.length).trim() : text;
  return { ...cell, expected: now, base: now, value: { kind: 'text', text: addNote(now, note) } };
}

/** A change that did not fit: it needs the user's word, or is tried again with what is there. */
export function afterConflict(change: SheetChange, facts: ConflictFacts): SheetChange {
  const { found } = facts;
  const harmless = found.every(({ heading, now }) => isHarmless(cellOf(change, heading), now, facts));
  if (!harmless || found.length === 0) return { ...change, state: 'conflict', found };
  const cells = change.cells.map((cell) => {
    const there = found.find(({ heading }) => heading === cell.heading);
    return there ? rebased(cell, there.now) : cell;
  });
  return { ...change, cells, attempts: change.attempts + 1 };
}
