import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

// SQLite finds the journal by the name of the file: the copies must keep fitting each other.
const companions = ['', '-wal', '-shm'];

/** Moves a damaged database and its journal out of the way, beside where it was. Gives the copy's path. */
export function setAside(file: string, now: number): string {
  const { dir, name, ext } = path.parse(file);
  const stamp = new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  let copy = path.join(dir, `${name}.corrupt-${stamp}${ext}`);
  for (let count = 2; existsSync(copy); count += 1) copy = path.join(dir, `${name}.corrupt-${stamp}-${count}${ext}`);
  moveDatabase(file, copy);
  return copy;
}

/** Moves a database that nobody has open, with its journal. */
export function moveDatabase(file: string, to: string): void {
  for (const companion of companions) {
    if (existsSync(file + companion)) renameSync(file + companion, to + companion);
  }
}

export function removeDatabase(file: string): void {
  for (const companion of companions) rmSync(file + companion, { force: true });
}
