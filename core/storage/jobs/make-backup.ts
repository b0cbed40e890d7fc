import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { makeDirectory } from '#core/foundation/index.ts';
import { newSeal, sealFile } from '../seal.ts';
import { openToRead } from '../open-sqlite.ts';
import type { BackupFacts, PackedFile, StorageJobs } from '../storage-jobs.ts';
import { backupApplicationId, backupFormat, backupTables, partBytes, toBackupError } from './backup-format.ts';
import { inspectBackup } from './inspect-backup.ts';
import { pause } from './pace.ts';
import type { JobBench } from './run-job.ts';

type Request = StorageJobs['backUp']['request'];

// A megabyte, and time for others to write.
const pagesAtOnce = 256;
const pauseMilliseconds = 4;
/** Written through after each so many parts, so that no record waits behind one long flush at the end. */
const partsAFlush = 8;

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** One moment of the database, page by page, while others write. */
async function copyDatabase(file: string, target: string, report: (share: number) => void): Promise<void> {
  const source = openToRead(file);
  let parts = 0;
  try {
    // A transaction that stays open keeps the moment: otherwise each record would make the copy begin anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_master').get();
    await source.backup(target, {
      progress({ totalPages, remainingPages }) {
        report(1 - remainingPages / Math.max(1, totalPages));
        parts += 1;
        if (parts % partsAFlush === 0) flush(target);
        pause(pauseMilliseconds);
        return pagesAtOnce;
      },
    });
  } finally {
    source.close();
  }
}

function packFile(handle: BetterSqlite3.Database, { name, path: file }: PackedFile): number {
  const insert = handle.prepare('INSERT INTO backup_file (name, position, data) VALUES (?, ?, ?)');
  const buffer = Buffer.allocUnsafe(partBytes);
  const source = openSync(file, 'r');
  try {
    let position = 0;
    for (let length: number; (length = readSync(source, buffer, 0, partBytes, position)) > 0; position += length) {
      insert.run(name, position, buffer.subarray(0, length));
      pause(pauseMilliseconds);
    }
    if (position === 0) insert.run(name, 0, Buffer.alloc(0));
    return position;
  } finally {
    closeSync(source);
  }
}

function complete(handle: BetterSqlite3.Database, request: Request, seal: string): void {
  handle.pragma('journal_mode = DELETE');
  handle.pragma(`application_id = ${backupApplicationId}`);
  handle.exec(backupTables);
  const document = handle.prepare('INSERT INTO backup_document (name, text) VALUES (?, ?)');
  for (const [name, text] of Object.entries(request.documents)) document.run(name, text);
  let [recordings, recordingBytes] = [0, 0];
  for (const file of request.files) {
    try {
      recordingBytes += packFile(handle, file);
      recordings += 1;
    } catch (error) {
      // A recording that vanished meanwhile keeps nobody from having a backup of the rest.
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    }
  }
  const count = (sql: string) => handle.prepare(sql).pluck().get();
  const { version, madeAt, counts } = request;
  const facts = {
    version,
    madeAt,
    recordings,
    recordingBytes,
    calls: count(counts.calls),
    people: count(counts.people),
  };
  const fact = handle.prepare('INSERT INTO backup_manifest (key, value) VALUES (?, ?)');
  for (const [key, value] of Object.entries({ format: backupFormat, ...facts })) fact.run(key, value);
  handle.prepare('INSERT INTO backup_seal (seal) VALUES (?)').run(seal);
}

function discard(draft: string): void {
  try {
    for (const file of [draft, `${draft}-journal`]) rmSync(file, { force: true });
  } catch {
    // Where nothing can be written there is nothing to remove; the cause is told by the caller.
    return;
  }
}

export async function makeBackup(request: Request, { file, parts, report }: JobBench): Promise<BackupFacts> {
  const draft = `${request.target}.part`;
  try {
    makeDirectory(path.dirname(request.target));
    rmSync(draft, { force: true });
    closeSync(openSync(draft, 'wx', 0o600));
    await copyDatabase(file, draft, (share) => report(share * 0.8));
    const seal = newSeal();
    const handle = new BetterSqlite3(draft);
    try {
      complete(handle, request, seal);
    } finally {
      handle.close();
    }
    report(0.9);
    sealFile(draft, seal);
    const facts = inspectBackup(draft, parts, true);
    renameSync(draft, request.target);
    report(1);
    return facts;
  } catch (thrown) {
    discard(draft);
    throw toBackupError(thrown, request.target);
  }
}
