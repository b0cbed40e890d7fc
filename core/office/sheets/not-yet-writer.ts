import { OffhookError } from '#contract/errors.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

const refuse = async () => {
  throw new OffhookError('sheet.failed', { detail: 'nothing writes to workbooks here' });
};

/** Where nothing can write: everything waits. */
export const notYetWriter: WorkbookWriter = {
  look: async () => null,
  write: refuse,
  setLinks: refuse,
  undo: refuse,
  lastWrite: () => null,
};
