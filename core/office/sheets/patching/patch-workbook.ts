import type { FileHandle } from 'node:fs/promises';
import type { ZipEntry } from '#core/contacts/directories/sheets/index.ts';
import type { RowChange, RowOutcome, WorkbookTarget } from '../workbook-writer.ts';
import type { FileRewriting } from './files/replace-file.ts';
import type { SourceFile } from './files/source-file.ts';
import { openSheet } from './open-sheet.ts';
import { edited, type Edit } from './package/edits.ts';
import { partBytes } from './package/part-bytes.ts';
import { rewritePackage } from './package/rewrite-package.ts';
import { recordOf, type ZipLayout } from './package/zip-layout.ts';
import { planCells } from './write-cells.ts';

interface SheetPatch {
  layout: ZipLayout;
  entry: ZipEntry;
  edits: readonly Edit[];
}

/** In a function of its own, so that the texts of the workbook are gone when it is written. */
async function plan(source: SourceFile, target: WorkbookTarget, changes: readonly RowChange[]) {
  const open = await openSheet(source, target);
  const { layout, directory } = open.opened;
  const { outcomes, edits } = await planCells(open, target, changes);
  const patch: SheetPatch = { layout, entry: directory.get(open.part.toLowerCase())!, edits };
  return { outcomes, patch };
}

/** Writes results into a sheet: its part with other cells in some rows, and everything else as it is. */
export async function patchWorkbook(
  source: SourceFile,
  draft: FileHandle,
  target: WorkbookTarget,
  changes: readonly RowChange[],
): Promise<FileRewriting<RowOutcome[]>> {
  const { outcomes, patch } = await plan(source, target, changes);
  const { layout, entry, edits } = patch;
  if (edits.length === 0) return { result: outcomes, changed: false };
  const content = edited(partBytes(source.handle, entry), edits);
  await rewritePackage(source.handle, layout, draft, [{ record: recordOf(layout, entry), content }], []);
  return { result: outcomes, changed: true };
}
