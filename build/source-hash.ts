import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ignored = /(^|[\\/])(node_modules|dist|\.cache|\.git)([\\/]|$)|\.test\.ts$/;

/** One hash over the contents of these files and folders, tests left out: what was built from it need not be built again. */
export function sourceHash(root: string, places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesOf(path.join(root, place))) {
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesOf(place: string): string[] {
  const entries = listing(place);
  if (entries === null) return [place];
  return entries.flatMap((entry) => filesOf(path.join(place, entry))).filter((file) => !ignored.test(file));
}

function listing(place: string): string[] | null {
  try {
    return readdirSync(place).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return null;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
