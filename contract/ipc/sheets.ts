import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { callId } from './calls.ts';
import { columnRole, directoryId } from './directories.ts';
import { partyMatch } from './person.ts';

/** One sheet of a workbook (or a text file) of an address book of the kind `sheet`. Stays while the file is there. */
export const sheetId = z.string().min(1).max(100);
/** Of a row: as its entry's key, so it stays when the sheet is sorted or other cells change. */
export const rowKey = z.string().min(1).max(512);
const heading = z.string().trim().min(1).max(200);

/** Where results of calls go: headings of the sheet. One that the sheet lacks becomes a new column; null is not written. */
export const resultColumns = z.object({
  outcome: heading.nullable(),
  note: heading.nullable(),
  /** When the call was. */
  calledAt: heading.nullable(),
  followUp: heading.nullable(),
});
export type ResultColumns = z.infer<typeof resultColumns>;

/** How a sheet is worked through; remembered for each. */
export const sheetSetup = z.object({
  /** Headings on screen beside name and number, in this order; empty for as many as fit. */
  shown: z.array(heading).max(50).default([]),
  /** What to say; `{heading}` is replaced by the row's cell. */
  script: z.string().max(10_000).default(''),
  /** To choose from after a call; the office's usual ones when empty. */
  outcomes: z.array(z.string().trim().min(1).max(60)).max(30).default([]),
  results: resultColumns,
  /** Calls that were made by hand are written to their row as well. */
  byHand: z.boolean().default(true),
  /** ms between the end of one call's wrapping up and the next call; null waits for the user. */
  pauseMilliseconds: z.int().min(0).max(600_000).nullable().default(null),
});
export type SheetSetup = z.infer<typeof sheetSetup>;

/** Rows left out of table and walk. `uncalled`: without a date of a call in the sheet and without one made here. */
export const sheetFilter = z.object({
  text: z.string().max(200).default(''),
  uncalled: z.boolean().default(false),
  /** Only rows whose follow-up is due. */
  due: z.boolean().default(false),
});
export type SheetFilter = z.infer<typeof sheetFilter>;

/** How a workbook can be written to now. `open`: open in Excel here, which takes the values at once. */
export const sheetWriting = z.enum(['free', 'open', 'locked', 'read-only', 'refused', 'missing']);
export type SheetWriting = z.infer<typeof sheetWriting>;

export const sheetStatus = z.object({
  id: sheetId,
  directoryId,
  directoryLabel: z.string(),
  /** Name of the file, and its whole path. */
  file: z.string(),
  path: z.string(),
  /** Name of the sheet; empty for a text file. */
  sheet: z.string(),
  /** Rows with a number, as last read. */
  rows: z.int(),
  writing: sheetWriting,
  /** Rows whose results wait to be written, and those that need the user's word. */
  waiting: z.int(),
  conflicts: z.int(),
  /** Unix ms of the last write; a version before it is kept. */
  writtenAt: z.number().nullable(),
  canUndo: z.boolean(),
  problem: errorReport.nullable(),
});
export type SheetStatus = z.infer<typeof sheetStatus>;

export const sheetColumn = z.object({ column: z.int(), heading: z.string(), role: columnRole });
export type SheetColumn = z.infer<typeof sheetColumn>;

/** What came of a call, as it is written to the row. Only what is named is written; times are Unix ms. */
export const callResult = z.object({
  outcome: z.string().trim().max(60).nullable(),
  note: z.string().max(10_000),
  calledAt: z.number().nullable(),
  followUpAt: z.number().nullable(),
});
export type CallResult = z.infer<typeof callResult>;

export const sheetRow = z.object({
  key: rowKey,
  /** Counted from 1, as last read. */
  row: z.int(),
  name: z.string(),
  firm: z.string(),
  /** Of `columns`, as shown in the sheet. */
  cells: z.array(z.string()),
  numbers: z.array(
    z.object({
      column: z.int(),
      text: z.string(),
      dial: z.string(),
      display: z.string(),
      extension: z.string().nullable(),
    }),
  ),
  match: partyMatch.nullable(),
  /** Result given here, written or not. Of a walk that asks for a result: what the end of the call proposes. */
  result: callResult.nullable(),
  writing: z.enum(['none', 'waiting', 'written', 'conflict', 'gone']),
  lastCalledAt: z.number().nullable(),
});
export type SheetRow = z.infer<typeof sheetRow>;

export const sheetPage = z.object({
  columns: z.array(sheetColumn),
  /** Rows that the filter lets through. */
  total: z.int(),
  rows: z.array(sheetRow),
  /** Of the file as read; another one after `sheets.rowsChanged`. */
  version: z.int(),
});
export type SheetPage = z.infer<typeof sheetPage>;

/**
 * Calls that walk down a sheet, one at a time. `ready`: shows a row and waits for the user; `calling`: a call of it is
 * up; `wrapping-up`: the call is over, its result is asked for; `paused`; `finished`: no row is left.
 */
export const sheetWalk = z.object({
  sheetId,
  state: z.enum(['ready', 'calling', 'wrapping-up', 'paused', 'finished']),
  row: sheetRow.nullable(),
  callId: callId.nullable(),
  /** Unix ms at which the next call begins by itself. */
  nextAt: z.number().nullable(),
  done: z.int(),
  skipped: z.int(),
  left: z.int(),
});
export type SheetWalk = z.infer<typeof sheetWalk>;

/**
 * A result that could not be written as it was. `changed`: the sheet says something else by now; `gone`: the row is not
 * there any more; `several`: rows that are alike; `which`: one of the rows with the number of a call that was made by
 * hand; `refused`: the sheet never takes it as it is, for the reason in `problem`.
 */
export const sheetConflict = z.object({
  id: z.int(),
  key: rowKey,
  row: z.int().nullable(),
  name: z.string(),
  kind: z.enum(['changed', 'gone', 'several', 'which', 'refused']),
  problem: errorReport.nullable(),
  cells: z.array(z.object({ heading: z.string(), before: z.string(), now: z.string(), ours: z.string() })),
});
export type SheetConflict = z.infer<typeof sheetConflict>;

const one = z.object({ sheetId });
const ofRow = z.object({ sheetId, rowKey });

export const sheetCommands = {
  'sheets.list': { args: z.object({}), result: z.array(sheetStatus) },
  'sheets.page': {
    args: z.object({ sheetId, filter: sheetFilter, offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    result: sheetPage,
  },
  'sheets.setup': { args: one, result: z.object({ setup: sheetSetup, headings: z.array(z.string()) }) },
  'sheets.setUp': { args: one.extend({ setup: sheetSetup }), result: z.object({}) },
  /** Dials a row by hand; its result is the row's. `number` counts from 0. */
  'sheets.dial': { args: ofRow.extend({ number: z.int().min(0).default(0) }), result: z.object({ callId }) },
  /** Begins at the row, or at the first of the filter. One walk at a time: rejects with `sheet.walk-busy`. */
  'sheets.walk': {
    args: one.extend({ filter: sheetFilter, from: rowKey.nullable().default(null) }),
    result: sheetWalk,
  },
  'sheets.walking': { args: z.object({}), result: sheetWalk.nullable() },
  /** Dials the row that is shown. Never a second call: rejects with `sheet.call-up` while any call is. */
  'sheets.call': { args: z.object({ number: z.int().min(0).default(0) }), result: z.object({ callId }) },
  /** Keeps the result, where one is given, and goes on to the next row. */
  'sheets.next': { args: z.object({ result: callResult.nullable().default(null) }), result: sheetWalk },
  'sheets.skip': { args: z.object({}), result: sheetWalk },
  'sheets.pause': { args: z.object({ paused: z.boolean() }), result: sheetWalk },
  'sheets.stop': { args: z.object({}), result: z.object({}) },
  /** The result of a row: kept at once, written when the workbook can be. `callId`: the call's own notes get it too. */
  'sheets.record': {
    args: ofRow.extend({ callId: callId.nullable().default(null), result: callResult }),
    result: z.object({}),
  },
  'sheets.conflicts': { args: one, result: z.array(sheetConflict) },
  /** `ours`: written over what is there; `theirs`: ours is dropped (the call's notes keep it). */
  'sheets.resolve': {
    args: z.object({ conflictIds: z.array(z.int()).min(1).max(500), keep: z.enum(['ours', 'theirs']) }),
    result: z.object({}),
  },
  /** Tries to write now what waits. */
  'sheets.write': { args: one, result: sheetStatus },
  /** Puts the version before the last write back. Rejects with `sheet.changed` if the file was changed since. */
  'sheets.undo': { args: one, result: sheetStatus },
  /** Makes `tel:` links of the numbers in a column, or takes Offhook's links out again. */
  'sheets.links': {
    args: one.extend({ column: z.int().min(0), links: z.boolean() }),
    result: z.object({ cells: z.int() }),
  },
};

export const sheetEvents = {
  'sheets.changed': z.object({ sheets: z.array(sheetStatus) }),
  'sheets.rowsChanged': z.object({ sheetId, version: z.int() }),
  'sheets.walkChanged': z.object({ walk: sheetWalk.nullable() }),
};
