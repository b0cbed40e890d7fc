import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { callDirection, disposition } from './calls.ts';
import { callFilter } from './call-log.ts';

export const exportFormat = z.enum(['csv', 'xlsx']);
export type ExportFormat = z.infer<typeof exportFormat>;

/** In the order of the columns. */
export const exportColumn = z.enum([
  'date',
  'time',
  'direction',
  'name',
  'nameThen',
  'number',
  'extension',
  'line',
  'disposition',
  'waiting',
  'talking',
  'outcome',
  'note',
  'tags',
  'followUp',
  'followUpDone',
  'handled',
  'recording',
  'sipStatus',
  'sipReason',
  'sipCallId',
]);
export type ExportColumn = z.infer<typeof exportColumn>;

const word = z.string().trim().min(1).max(80);

/**
 * The words of an exported file. The window sends them: its locales stay the one place where words are kept, and the file
 * says what the window says.
 */
export const exportWords = z.object({
  /** Of the sheet and the file. */
  title: word,
  columns: z.record(exportColumn, word),
  directions: z.record(callDirection, word),
  /** How a call ended; `underway` for one that has not. */
  dispositions: z.record(z.enum([...disposition.options, 'underway']), word),
  /** In the place of a withheld number. */
  withheld: word,
  yes: word,
  no: word,
});
export type ExportWords = z.infer<typeof exportWords>;

/** `language` says how dates are written, and what stands between the fields of a CSV file: `;` for ru, `,` for en. */
export const exportRequest = z.object({
  filter: callFilter,
  format: exportFormat,
  language: z.enum(['ru', 'en']),
  words: exportWords,
});
export type ExportRequest = z.infer<typeof exportRequest>;

/** `vcf`: cards of version 3.0, which every program of contacts opens. */
export const peopleExportFormat = z.enum(['vcf', ...exportFormat.options]);
export type PeopleExportFormat = z.infer<typeof peopleExportFormat>;

/** In the order of the columns. The first number stands alone, with its extension and label beside it. */
export const peopleColumn = z.enum([
  'name',
  'firm',
  'role',
  'department',
  'number',
  'extension',
  'label',
  'otherNumbers',
  'email',
  'link',
  'note',
  'directory',
]);
export type PeopleColumn = z.infer<typeof peopleColumn>;

/** What is said in the window's language; every other label stands as it is. */
export const knownNumberLabel = z.enum(['mobile', 'work', 'home', 'main', 'internal', 'fax', 'assistant', 'other']);
export type KnownNumberLabel = z.infer<typeof knownNumberLabel>;

export const peopleExportWords = z.object({
  /** Of the sheet and the file. */
  title: word,
  columns: z.record(peopleColumn, word),
  labels: z.record(knownNumberLabel, word),
  /** Before an extension, as the office's numbers are written: `доб.`, `ext.` */
  extension: word,
  /** Name of the directory of Offhook's own contacts. */
  own: word,
});
export type PeopleExportWords = z.infer<typeof peopleExportWords>;

export const peopleExportRequest = z.object({
  /** `own`: Offhook's own contacts; `all`: everybody, each person once as merged. */
  people: z.enum(['own', 'all']),
  format: peopleExportFormat,
  /** Of a table; a card has everything. */
  columns: z.array(peopleColumn).min(1).max(peopleColumn.options.length),
  language: z.enum(['ru', 'en']),
  words: peopleExportWords,
});
export type PeopleExportRequest = z.infer<typeof peopleExportRequest>;

const exportId = z.string().min(1).max(64);

export const exportProgress = z.object({
  exportId,
  /** Calls or people written so far, of about `total`. */
  rows: z.int(),
  total: z.int(),
  state: z.enum(['working', 'done', 'failed']),
  error: errorReport.nullable(),
  /** Size of the file once it is done. */
  bytes: z.int().nullable(),
  /** e.g. `Звонки 2026-11-25.xlsx`. */
  fileName: z.string(),
});
export type ExportProgress = z.infer<typeof exportProgress>;

/** Bytes in one answer to `exports.read`: 128 KiB as base64, half of what a message of the web shell may hold. */
export const exportChunkBytes = 96 * 1024;

export const exportCommands = {
  /**
   * Begins to write a file of every call that the filter lets through, newest first, as it is now. Rejects with
   * `export.limit-reached` while two are being written already. Ends with the window that asked for it.
   */
  'exports.start': { args: exportRequest, result: z.object({ exportId }) },
  /** Begins to write a file of people by name, as they are now; else as `exports.start`. */
  'exports.startPeople': { args: peopleExportRequest, result: z.object({ exportId }) },
  /**
   * A piece of a finished file from `offset` (bytes) on; `next` is null with the last one, and the file is gone then.
   * Rejects with `export.unknown`.
   */
  'exports.read': {
    args: z.object({ exportId, offset: z.int().min(0) }),
    result: z.object({ chunk: z.string(), next: z.int().nullable() }),
  },
  /** Also lets go of a finished file. */
  'exports.cancel': { args: z.object({ exportId }), result: z.object({}) },
};

export const exportEvents = {
  'exports.progress': exportProgress,
};
