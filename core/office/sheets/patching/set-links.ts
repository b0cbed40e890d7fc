import { OffhookError } from '#contract/errors.ts';
import type { FileHandle } from 'node:fs/promises';
import type { LinkChange, WorkbookTarget } from '../workbook-writer.ts';
import type { FileRewriting } from './files/replace-file.ts';
import type { SourceFile } from './files/source-file.ts';
export async function setLinks(
  _s: SourceFile,
  _d: FileHandle,
  _t: WorkbookTarget,
  _c: LinkChange,
): Promise<FileRewriting<number>> {
  throw new OffhookError('sheet.unsupported');
}
