import { readdirSync } from 'node:fs';
import path from 'node:path';

const workbooks = /\.(xlsx|xlsm|csv|tsv|txt)$/i;

/** Versions of customer sheets before Offhook wrote into them, which are kept for taking a write back. */
export function earlierSheets(dataDirectory: string): string[] {
  const folder = path.join(dataDirectory, 'sheets');
  try {
    return readdirSync(folder)
      .filter((name) => workbooks.test(name))
      .map((name) => path.join(folder, name));
  } catch (error) {
    // Nothing was ever written.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
