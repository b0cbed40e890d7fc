import type { ExportRequest, LoggedCall, PeopleExportRequest } from '#contract/ipc/index.ts';

/** How a file of calls is to be written. */
export type ExportPlan = Omit<ExportRequest, 'filter'>;

export interface CallExportOrder extends ExportRequest {
  /** Calls that are shown but are not on the disk yet, newest first: they head the table. */
  waiting: readonly LoggedCall[];
}

export type ExportOrder = CallExportOrder | PeopleExportRequest;

export function isOrderOfPeople(order: ExportOrder): order is PeopleExportRequest {
  return 'people' in order;
}

export interface ExportCount {
  /** Written so far. */
  rows: number;
  total: number;
}

/** A file of calls or people, for the user alone. Everything rejects with an `export.*` code. */
export interface ExportFile {
  /** Resolves with the size in bytes once all is written. */
  readonly finished: Promise<number>;
  /** Up to `length` bytes of the finished file from `offset` on. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Stops whatever goes on (`finished` may then reject, or wait for ever) and leaves nothing behind; never rejects. */
  discard(): Promise<void>;
}

export interface ExportFiles {
  /**
   * Begins to write what is ordered, as it is now: the calls that its filter lets through, newest first, or people by
   * name. The caller's loop does nothing for it but hear how far it is.
   */
  begin(order: ExportOrder, onCount: (count: ExportCount) => void): ExportFile;
  /** Removes what an earlier run left behind. */
  clear(): Promise<void>;
}
