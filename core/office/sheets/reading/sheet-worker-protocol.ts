import type { ErrorReport } from '#contract/errors.ts';
import type { RowMark, SheetReader, TableNews } from './sheet-reader.ts';

/** What is asked of the worker and answered, by the names of the port. */
export type SheetQuestionName = 'page' | 'rows' | 'find' | 'next' | 'headings';
export type AskedOf<N extends SheetQuestionName> = Parameters<SheetReader[N]>[0];
export type AnswerOf<N extends SheetQuestionName> = Awaited<ReturnType<SheetReader[N]>>;

export type SheetWorkerRequest =
  | { [N in SheetQuestionName]: { kind: 'ask'; id: number; name: N; asked: AskedOf<N> } }[SheetQuestionName]
  | { kind: 'written'; sheetId: string; rows: Parameters<SheetReader['written']>[1] }
  | { kind: 'mark'; sheetId: string; marks: readonly RowMark[] }
  | { kind: 'lookAgain'; sheetId: string }
  /** To a `marks` of the worker. */
  | { kind: 'marks'; sheetId: string; marks: readonly RowMark[] };

export type SheetWorkerReply =
  | { kind: 'answer'; id: number; answer: AnswerOf<SheetQuestionName> }
  | { kind: 'failure'; id: number; error: ErrorReport }
  | { kind: 'read'; news: TableNews }
  /** What is known of the rows of a sheet that is opened. */
  | { kind: 'marks'; sheetId: string };
