import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, writeSync, closeSync, openSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { makeDirectory } from '#core/foundation/index.ts';
import type { StorageJobs } from '../storage-jobs.ts';
import { backupTableNames, toBackupError } from './backup-format.ts';
import { inspectBackup } from './inspect-backup.ts';
import type { JobBench } from './run-job.ts';

interface Part {
  position: number;
  data: Buffer;
}

/** The file's place in the folder; null where a name would lead out of it. */
function placeOf(folder: string, name: string): string | null {
  const place = path.resolve(folder, name);
  return place.startsWith(path.resolve(folder) + path.sep) ? place : null;
}

function unpackFile(handle: BetterSqlite3.Database, name: string, place: string): void {
  makeDirectory(path.dirname(place));
  const draft = `${place}.part`;
  const target = openSync(draft, 'w', 0o600);
  try {
    const parts = handle.prepare('SELECT position, data FROM backup_file WHERE name = ? ORDER BY position');
    for (const { position, data } of parts.iterate(name) as IterableIterator<Part>)
      writeSync(target, data, 0, data.length, position);
  } finally {
    closeSync(target);
  }
  renameSync(draft, place);
}

function unpackFiles(handle: BetterSqlite3.Database, folder: string): number {
  const names = handle.prepare('SELECT DISTINCT name FROM backup_file').pluck().all() as string[];
  let count = 0;
  for (const name of names) {
    const place = placeOf(folder, name);
    if (place === null || existsSync(place)) continue;
    unpackFile(handle, name, place);
    count += 1;
  }
  return count;
}

function unpack(handle: BetterSqlite3.Database, folder: string | null): StorageJobs['unpack']['result'] {
  const rows = handle.prepare('SELECT name, text FROM backup_document').all() as { name: string; text: string }[];
  const files = folder === null ? 0 : unpackFiles(handle, folder);
  const hadFiles = handle.prepare('SELECT EXISTS (SELECT 1 FROM backup_file)').pluck().get() === 1;
  for (const table of backupTableNames) handle.exec(`DROP TABLE ${table}`);
  handle.pragma('application_id = 0');
  // The database must not keep the room that the files took.
  if (hadFiles) handle.exec('VACUUM');
  return { documents: Object.fromEntries(rows.map(({ name, text }) => [name, text])), files };
}

export function unpackBackup({ file, target, folder }: StorageJobs['unpack']['request'], { parts }: JobBench) {
  inspectBackup(file, parts, true);
  try {
    rmSync(target, { force: true });
    copyFileSync(file, target);
    chmodSync(target, 0o600);
    const handle = new BetterSqlite3(target);
    try {
      return unpack(handle, folder);
    } finally {
      handle.close();
    }
  } catch (thrown) {
    rmSync(target, { force: true });
    throw toBackupError(thrown, target);
  }
}
