import { OffhookError } from '#contract/errors.ts';
import type { FileHandle } from 'node:fs/promises';
import type { RowChange, RowOutcome, WorkbookTarget } from '#core/office/sheets/workbook-writer.ts';
import type { FileRewriting } from '../files/replace-file.ts';
import type { SourceFile } from '../files/source-file.ts';
export async function patchText(
  _s: SourceFile,
  _d: FileHandle,
  _t: WorkbookTarget,
  _c: readonly RowChange[],
): Promise<FileRewriting<RowOutcome[]>> {
  throw new OffhookError('sheet.unsupported');
}
