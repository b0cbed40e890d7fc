import type { FileHandle } from 'node:fs/promises';
import { OffhookError } from '#contract/errors.ts';
import type { LinkChange, RowChange, RowOutcome, WorkbookTarget } from '../workbook-writer.ts';
import { tableKind } from './files/table-kind.ts';
import type { FileRewriting } from './files/replace-file.ts';
import type { SourceFile } from './files/source-file.ts';
import { patchWorkbook } from './patch-workbook.ts';
import { setLinks } from './set-links.ts';
import { patchText } from './text/patch-text.ts';

/** Writes results into a workbook or a text table. */
export async function patchTable(
  source: SourceFile,
  draft: FileHandle,
  target: WorkbookTarget,
  changes: readonly RowChange[],
): Promise<FileRewriting<RowOutcome[]>> {
  const patch = (await tableKind(source)) === 'workbook' ? patchWorkbook : patchText;
  return await patch(source, draft, target, changes);
}

/** Only a workbook has links. */
export async function linkTable(
  source: SourceFile,
  draft: FileHandle,
  target: WorkbookTarget,
  change: LinkChange,
): Promise<FileRewriting<number>> {
  if ((await tableKind(source)) === 'text')
    throw new OffhookError('sheet.unsupported', { detail: 'a text has no links' });
  return await setLinks(source, draft, target, change);
}
