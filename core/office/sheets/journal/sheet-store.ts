import type { CallResult, SheetFilter, SheetSetup } from '#contract/ipc/index.ts';
import type { SheetPlace } from '../sheet-place.ts';
import type { SheetChange } from './sheet-change.ts';

/** What came of a row here. Null leaves what is there. Times are Unix ms. */
export interface RowWord {
  sheetId: string;
  key: string;
  calledAt: number | null;
  skippedAt: number | null;
  result: CallResult | null;
  callId: string | null;
}

export interface KeptRow extends Omit<RowWord, 'sheetId'> {
  writtenAt: number | null;
}

/** Which row a call was about; `result` is what of it was taken over last, null for nothing. */
export interface RowCall {
  callId: string;
  sheetId: string;
  key: string;
  result: CallResult | null;
}

export interface KeptSetup {
  setup: SheetSetup;
  /** By the user, and not recognised. */
  chosen: boolean;
}

export interface KeptWalk {
  sheetId: string;
  filter: SheetFilter;
  key: string | null;
  row: number;
  callId: string | null;
  /** Unix ms. */
  startedAt: number;
  done: number;
  skipped: number;
}

/** A sheet as it was known last. */
export type KnownSheet = Omit<SheetPlace, 'mapping' | 'keyPrefix'>;

export interface SheetWords {
  changes?: readonly SheetChange[];
  removed?: readonly number[];
  rows?: readonly RowWord[];
  calls?: readonly RowCall[];
  /** Rows of which everything is written, or was taken back (null). */
  written?: readonly { sheetId: string; key: string; at: number | null }[];
}

/** What is kept of sheets. What resolves is on the disk; rejects with a `storage.*` code. */
export interface SheetStore {
  /** Changes that are not written, the oldest first, and an id that none has. */
  open(): Promise<{ changes: SheetChange[]; nextId: number }>;
  /** All of it or nothing. */
  keep(words: SheetWords): Promise<void>;
  rows(sheetId: string, keys: readonly string[]): Promise<KeptRow[]>;
  /** Of rows that were called or passed over. */
  marks(sheetId: string): Promise<{ key: string; calledAt: number | null; skippedAt: number | null }[]>;
  calls(callId: string): Promise<RowCall[]>;
  /** The last that was written to a row; of a call, where one is given. */
  lastWritten(sheetId: string, key: string, callId: string | null): Promise<SheetChange | null>;
  /** Those written in one moment, Unix ms. */
  writtenAt(sheetIds: readonly string[], at: number): Promise<SheetChange[]>;
  lastWriteAt(sheetIds: readonly string[]): Promise<number | null>;
  known(): Promise<KnownSheet[]>;
  setup(sheetId: string): Promise<KeptSetup | null>;
  keepSetup(sheet: KnownSheet, kept: KeptSetup): Promise<void>;
  walk(): Promise<KeptWalk | null>;
  keepWalk(walk: KeptWalk | null): Promise<void>;
  /** Unix ms: what ended until then has found its rows; null where nothing was heard of yet. */
  heardUntil(): Promise<number | null>;
  /** Never goes back. */
  keepHeard(until: number): Promise<void>;
  /** Last calls of parties, Unix ms. */
  lastCalls(partyKeys: readonly string[]): Promise<Map<string, number>>;
  /** Sheets of a directory that have entries, and how many of them have a number. */
  sheetsOf(directoryId: string): Promise<{ path: string; sheet: string; rows: number }[]>;
  /** Entries of sheets with this number. */
  entriesWith(
    partyKey: string,
  ): Promise<{ directoryId: string; path: string; sheet: string; key: string; row: number; name: string }[]>;
  /** Gives everything that is kept of a sheet to another, which has nothing of the kind yet or keeps its own. */
  adopt(sheetId: string, heirId: string): Promise<void>;
  /** Forgets what was written before this moment. */
  prune(before: number): Promise<void>;
}
