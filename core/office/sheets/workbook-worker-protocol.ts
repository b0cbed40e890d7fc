import type { ErrorReport } from '#contract/errors.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

export type WritingName = 'look' | 'isOpenHere' | 'write' | 'setLinks' | 'undo';
export type WritingArguments<N extends WritingName> = Parameters<Required<WorkbookWriter>[N]>;
export type WritingAnswer<N extends WritingName> = Awaited<ReturnType<Required<WorkbookWriter>[N]>>;

/** What a thread that writes is started with. */
export interface WorkbookWorkerData {
  role: 'writer';
  /** Where the versions before the last writes are kept. */
  keptFolder: string;
  /** Program and arguments of the helper that speaks with Excel; null where there is none. */
  helper: readonly string[] | null;
}

export type WorkbookWorkerRequest = {
  [N in WritingName]: { id: number; name: N; args: WritingArguments<N> };
}[WritingName];

export type LastWrite = ReturnType<WorkbookWriter['lastWrite']>;

export type WorkbookWorkerReply =
  | { id: number; answer: WritingAnswer<WritingName>; file: string; last: LastWrite }
  | { id: number; error: ErrorReport };
