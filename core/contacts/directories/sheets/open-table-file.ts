import { open, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { compoundSignature, isEncryptedWorkbook } from './encrypted-workbook.ts';
import { readingError, namingFile } from './reading-error.ts';
import type { RowBatch, TableFile } from './table.ts';
import { openTextTable } from './text/open-text-table.ts';
import { openWorkbook } from './workbook/open-workbook.ts';

/** Bytes on the disk. */
export const largestFile = 512 * 1024 * 1024;
const endings = ['.xlsx', '.xlsm', '.xltx', '.xltm', '.csv', '.tsv', '.tab', '.txt'];

/** Whether a file of a folder is one of its tables; Excel's lock files (`~$…`) and hidden files are not. */
export function isTableName(name: string): boolean {
  return !/^(?:~\$|\.)/.test(name) && endings.includes(path.extname(name).toLowerCase());
}

/** By what the file holds and not by its name: an .xlsx may be anything. */
async function openByContent(handle: FileHandle, size: number, file: string): Promise<TableFile> {
  if (size === 0) throw readingError('directory.empty');
  if (size > largestFile) throw readingError('directory.too-large', `${size} bytes`);
  const start = Buffer.alloc(8);
  await handle.read(start, 0, 8, 0);
  if (start.subarray(0, 2).toString('latin1') === 'PK') return await openWorkbook(handle, size);
  if (start.equals(compoundSignature)) {
    const encrypted = await isEncryptedWorkbook(handle, size);
    throw readingError(encrypted ? 'directory.encrypted' : 'directory.unsupported-file', 'a compound file');
  }
  if (/\.xl\w+$/i.test(file)) throw readingError('directory.broken-file', 'no ZIP file');
  return await openTextTable(handle, size);
}

/** Says of each failure which file it is about. */
class NamedTable implements TableFile {
  readonly sheets: readonly string[];
  private readonly table: TableFile;
  private readonly file: string;

  constructor(table: TableFile, file: string) {
    this.table = table;
    this.file = file;
    this.sheets = table.sheets;
  }

  async *rows(sheet: string, columns: readonly number[]): AsyncGenerator<RowBatch> {
    try {
      yield* this.table.rows(sheet, columns);
    } catch (error) {
      throw namingFile(error, this.file);
    }
  }

  close(): Promise<void> {
    return this.table.close();
  }
}

/** Opens a workbook or a text table. Throws `directory.*` codes with the file's name. */
export async function openTableFile(file: string): Promise<TableFile> {
  let handle: FileHandle | null = null;
  try {
    // A pipe is not even to be opened: that waits until somebody writes.
    if (!(await stat(file)).isFile()) throw readingError('directory.unsupported-file', 'no file');
    handle = await open(file, 'r');
    const { size } = await handle.stat();
    return new NamedTable(await openByContent(handle, size, file), file);
  } catch (error) {
    await handle?.close();
    throw namingFile(error, file);
  }
}
