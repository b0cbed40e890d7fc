import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import { namingFile } from './reading-error.ts';
import { isTableName } from './open-table-file.ts';

export interface TableListing {
  /** A folder of tables, and not one table. */
  folder: boolean;
  /** In the order of their names. */
  files: { path: string; name: string }[];
}

const mostFiles = 1000;

/** Finds the tables of a path: a file, or a folder without the folders in it. */
export async function listTables(root: string): Promise<TableListing> {
  try {
    if (!(await stat(root)).isDirectory()) return { folder: false, files: [{ path: root, name: path.basename(root) }] };
    const entries = await readdir(root, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory() && isTableName(entry.name)).map(({ name }) => name);
    if (names.length === 0) throw new OffhookError('directory.empty', { detail: 'no tables in the folder' });
    const files = names
      .sort()
      .slice(0, mostFiles)
      .map((name) => ({ path: path.join(root, name), name }));
    return { folder: true, files };
  } catch (error) {
    throw namingFile(error, root);
  }
}
