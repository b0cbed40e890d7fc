import { open } from 'node:fs/promises';
import { readWorkbookParts } from '#core/contacts/directories/sheets/index.ts';
import { checkPackage } from './open-package.ts';

/** What in a workbook itself says that it is not to be written to; reads no sheet. */
export async function checkWritable(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const start = Buffer.alloc(2);
    await handle.read(start, 0, 2, 0);
    if (start.toString('latin1') !== 'PK') return;
    const { size } = await handle.stat();
    await checkPackage(handle, await readWorkbookParts(handle, size));
  } finally {
    await handle.close();
  }
}
