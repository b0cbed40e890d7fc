import type { FileHandle } from 'node:fs/promises';
import type { RowChange, RowOutcome, WorkbookTarget } from '../workbook-writer.ts';
import type { FileRewriting } from './files/replace-file.ts';
import type { SourceFile } from './files/source-file.ts';
import { patchWorkbook } from './patch-workbook.ts';
import { patchText } from './text/patch-text.ts';

async function isPackage({ handle }: SourceFile): Promise<boolean> {
  const start = Buffer.alloc(2);
  await handle.read(start, 0, 2, 0);
  return start.toString('latin1') === 'PK';
}

/** By what the file holds and not by its name, as it is read. */
export async function patchTable(
  source: SourceFile,
  draft: FileHandle,
  target: WorkbookTarget,
  changes: readonly RowChange[],
): Promise<FileRewriting<RowOutcome[]>> {
  return (await isPackage(source))
    ? await patchWorkbook(source, draft, target, changes)
    : await patchText(source, draft, target, changes);
}
