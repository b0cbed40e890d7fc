import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { CollectedReading } from '../directory-reading.test-support.ts';
import { openTableFile } from './open-table-file.ts';
import { openSheetDirectory } from './sheet-directory.ts';
import type { TableRow } from './table.ts';
import { sheetXml, workbookParts } from './workbook/workbook.test-support.ts';
import { zipFile } from './workbook/zip-file.test-support.ts';

/** A folder of its own for a test's files. */
export class TableFolder {
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'offhook-sheets-'));

  write(name: string, content: string | Uint8Array): string {
    const file = path.join(this.path, name);
    writeFileSync(file, content);
    return file;
  }

  workbook(name: string, rows: readonly (readonly (string | number)[])[], sheet = 'Лист1'): string {
    return this.write(name, zipFile(workbookParts({ sheets: [{ name: sheet, xml: sheetXml(rows) }] })));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** All rows of a sheet (the first for null) with its first columns. */
export async function readRows(file: string, columns = 8, sheet: string | null = null): Promise<TableRow[]> {
  const table = await openTableFile(file);
  try {
    const rows: TableRow[] = [];
    const wanted = Array.from({ length: columns }, (_each, column) => column);
    for await (const batch of table.rows(sheet ?? table.sheets[0]!, wanted)) rows.push(...batch.rows);
    return rows;
  } finally {
    await table.close();
  }
}

export const cellsOf = (rows: readonly TableRow[]) => rows.map(({ cells }) => cells);

export function sheetSource(file: string, mappings: DirectoryConfigOf<'sheet'>['mappings'] = []) {
  const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
  return openSheetDirectory({ kind: 'sheet', path: file, mappings }, environment);
}

/** Reads a file or folder as a refresh does. */
export async function refreshed(
  file: string,
  given: { cursor?: string | null; mappings?: DirectoryConfigOf<'sheet'>['mappings'] } = {},
) {
  const reading = new CollectedReading({ cursor: given.cursor ?? null });
  const outcome = await sheetSource(file, given.mappings).refresh(reading);
  return { reading, outcome, entries: [...reading.entries.values()] };
}
