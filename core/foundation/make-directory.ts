import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder for this user alone (0700), and its parents. Node's own recursive mkdir never returns where a file
 * system answers ENOENT in a folder that is there (/proc, some network mounts).
 * Throws the system's error.
 */
export function makeDirectory(directory: string): void {
  const absolute = path.resolve(directory);
  try {
    mkdirSync(absolute, { mode: 0o700 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' && path.dirname(absolute) !== absolute) {
      makeDirectory(path.dirname(absolute));
      mkdirSync(absolute, { mode: 0o700 });
    } else if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
