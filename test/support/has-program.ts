import { existsSync } from 'node:fs';
import path from 'node:path';

/** Whether a program lies in one of the path's folders. */
export function hasProgram(name: string): boolean {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, name)));
}
