import path from 'node:path';
import { watchPath } from '#core/contacts/directories/desk/file-watch.ts';
import { SqliteSheetStore } from '#core/office/sheets/journal/sqlite-sheet-store.ts';
import { OffhookError } from '#contract/errors.ts';
import type { DialDesk } from '#core/office/links/index.ts';
import type { SheetDesk } from '#core/office/sheets/index.ts';
import { WorkerSheetReader } from '#core/office/sheets/reading/worker-sheet-reader.ts';
import { Sheets as SheetsDesk } from '#core/office/sheets/sheets.ts';
import { WorkerWorkbookWriter } from '#core/office/sheets/worker-workbook-writer.ts';
import type { OfficeLanguage } from '#core/office/sheets/usual-setup.ts';
import type { OfficeOptions, OfficePart } from './office-options.ts';

export interface Sheets extends OfficePart {
  sheets: SheetDesk;
}

function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof OffhookError) return false;
    throw error;
  }
}

/** Of what is put into sheets, where their headings do not tell. */
function languageOf(chosen: 'system' | 'ru' | 'en'): OfficeLanguage {
  if (chosen !== 'system') return chosen;
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ru') ? 'ru' : 'en';
}

export function openSheets(options: OfficeOptions & { dialDesk: DialDesk }): Sheets {
  const { database, settings, clock } = options;
  const reader = new WorkerSheetReader({
    workerEntry: options.sheetWorker,
    clock,
    marksOf: (sheetId) => sheets.marksOf(sheetId),
  });
  const writer = new WorkerWorkbookWriter({
    workerEntry: options.sheetWorker,
    keptFolder: path.join(options.dataDirectory, 'sheets'),
    helper: options.outlookHelper ?? null,
    clock,
  });
  const sheets: SheetsDesk = new SheetsDesk({
    ...options,
    store: new SqliteSheetStore({ database }),
    reader,
    writer,
    watch: watchPath,
    rules: () => settings.values,
    mayDialUnasked: (text) => passes(() => options.dialDesk.check(text)),
    language: () => languageOf(settings.values.language),
    logger: options.logger.child('sheets'),
  });
  return {
    sheets,
    start: () => sheets.start(),
    reload: () => sheets.reload(),
    async stop() {
      await sheets.close();
      await writer.close();
    },
  };
}
