import { constants, type BigIntStats } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import { compoundSignature, isEncryptedWorkbook, largestFile } from '#core/contacts/directories/sheets/index.ts';

/** Formats of tables that nobody here writes, by the endings of their names. */
const unwritten: Record<string, string> = {
  '.xls': 'Excel 97–2003 (.xls)',
  '.xlsb': 'binary Excel (.xlsb)',
  '.ods': 'OpenDocument (.ods)',
  '.fods': 'OpenDocument (.fods)',
  '.numbers': 'Numbers',
};

/** `0222`: somebody may write. Asked for as well as the access, since an administrator has that everywhere. */
const writable = 0o222;

/** Excel's own file beside a workbook that it has open, and LibreOffice's. */
function lockFiles(file: string): { excel: string; libreOffice: string } {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  return { excel: path.join(folder, `~$${name}`), libreOffice: path.join(folder, `.~lock.${name}#`) };
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

/** On Windows Excel holds its own file as long as it runs: one that can be opened was left by a crash. */
async function isHeldByExcel(lock: string): Promise<boolean> {
  if (!(await exists(lock))) return false;
  if (process.platform !== 'win32') return true;
  return await open(lock, 'r+').then(
    async (handle) => (await handle.close(), false),
    () => true,
  );
}

async function checkLocks(file: string): Promise<void> {
  const { excel, libreOffice } = lockFiles(file);
  if (await isHeldByExcel(excel)) throw new OffhookError('sheet.locked', { detail: path.basename(excel) });
  if (await exists(libreOffice)) throw new OffhookError('sheet.locked', { detail: path.basename(libreOffice) });
}

async function checkRights(file: string, found: BigIntStats): Promise<void> {
  if ((Number(found.mode) & writable) === 0) throw new OffhookError('sheet.read-only', { detail: 'the file' });
  await access(file, constants.W_OK);
  // Opening it tells of a program that lets nobody else write, and changes nothing.
  await (await open(file, 'r+')).close();
  const folder = path.dirname(file);
  const inFolder = await stat(folder);
  if ((inFolder.mode & writable) === 0) throw new OffhookError('sheet.read-only', { detail: 'the folder' });
  await access(folder, constants.W_OK);
}

async function checkKind(file: string, size: number): Promise<void> {
  const format = unwritten[path.extname(file).toLowerCase()];
  if (format !== undefined) throw new OffhookError('sheet.unsupported', { detail: format });
  if (size > largestFile) throw new OffhookError('sheet.too-large', { detail: `${size} bytes` });
  const handle = await open(file, 'r');
  try {
    const start = Buffer.alloc(8);
    await handle.read(start, 0, 8, 0);
    if (!start.equals(compoundSignature)) return;
    const isEncrypted = await isEncryptedWorkbook(handle, size);
    throw new OffhookError(isEncrypted ? 'sheet.encrypted' : 'sheet.unsupported', { detail: 'a compound file' });
  } finally {
    await handle.close();
  }
}

/**
 * Whether a file may be replaced now, as far as that can be told without reading it.
 * @returns its real path, behind symbolic links: a link is not to become a file
 */
export async function lookAtFile(file: string): Promise<string> {
  const real = await realpath(file);
  const found = await stat(real, { bigint: true });
  if (!found.isFile()) throw new OffhookError('sheet.unsupported', { detail: 'no file' });
  await checkKind(real, Number(found.size));
  for (const each of new Set([file, real])) await checkLocks(each);
  await checkRights(real, found);
  return real;
}
