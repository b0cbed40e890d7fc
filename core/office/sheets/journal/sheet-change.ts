import type { ErrorReport } from '#contract/errors.ts';
import type { CellChange } from '../workbook-writer.ts';

/** What is to be written into a cell. */
export interface ChangedCell extends CellChange {
  /** Of a note: what stood in the cell before ours was added to it. */
  base?: string;
}

/**
 * `waiting` → `written`, or one that needs the user's word: `conflict` (a cell says something else by now), `gone` (the
 * row), `several` (rows that it may be), `refused` (it is never taken as it is). `undone`: written, and taken back.
 */
export type ChangeState = 'waiting' | 'written' | 'conflict' | 'gone' | 'several' | 'refused' | 'undone';

/** Something to be written into a row of a sheet. */
export interface SheetChange {
  id: number;
  sheetId: string;
  key: string;
  /** Where it was last, counted from 1. */
  row: number | null;
  name: string;
  cells: ChangedCell[];
  callId: string | null;
  state: ChangeState;
  /** What stood in cells that are in the way. */
  found: { heading: string; now: string }[];
  attempts: number;
  error: ErrorReport | null;
  /** Unix ms. */
  madeAt: number;
  changedAt: number;
}

export const isOpen = ({ state }: SheetChange) => state !== 'written' && state !== 'undone';
export const needsWord = (change: SheetChange) => isOpen(change) && change.state !== 'waiting';

/** Whether both are rows of one call, of which the user says whose it was. */
export function isRival(one: SheetChange, other: SheetChange): boolean {
  const isDoubtful = one.state === 'several' && other.state === 'several' && one.callId !== null;
  return isDoubtful && one.id !== other.id && one.callId === other.callId && one.sheetId === other.sheetId;
}
