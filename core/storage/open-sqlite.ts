import { accessSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory } from '#core/foundation/index.ts';
import BetterSqlite3 from 'better-sqlite3';
import { OffhookError } from '#contract/errors.ts';
import type { SchemaPart } from './database.ts';
import { migrate, refuseNewer } from './migrate.ts';

// 64 MB are checked in well under a second; a larger file is trusted until a statement meets damage.
const checkedAtOpening = 64 * 1024 * 1024;

function checkIntegrity(handle: BetterSqlite3.Database, file: string): void {
  if (statSync(file).size > checkedAtOpening) return;
  const result = handle.pragma('quick_check(1)', { simple: true });
  if (result !== 'ok')
    throw new OffhookError('storage.corrupt', { values: { file }, detail: String(result).slice(0, 300) });
}

function prepare(handle: BetterSqlite3.Database, file: string, parts: readonly SchemaPart[]): void {
  refuseNewer(handle, parts, file);
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL');
  // On a Mac fsync alone does not reach the disk; elsewhere this changes nothing.
  handle.pragma('fullfsync = ON');
  handle.pragma('foreign_keys = ON');
  // What is deleted is overwritten, so that it cannot be read from the file's free space.
  handle.pragma('secure_delete = ON');
  handle.pragma('cache_size = -4096');
  checkIntegrity(handle, file);
  migrate(handle, parts);
}

/** Opens the file, making it for the user alone if it is not there. Throws what SQLite or the file system throws. */
export function openSqlite(file: string, parts: readonly SchemaPart[]): BetterSqlite3.Database {
  makeDirectory(path.dirname(file));
  // SQLite has no word of its own for a folder in which its journal cannot lie.
  accessSync(path.dirname(file), constants.W_OK);
  // The journal files beside it take over its mode. One that is there is not opened: on POSIX, closing it again would
  // let go of the locks that other connections of this process hold.
  if (existsSync(file)) accessSync(file, constants.W_OK);
  else closeSync(openSync(file, 'a', 0o600));
  const handle = new BetterSqlite3(file, { timeout: 2000 });
  try {
    prepare(handle, file, parts);
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** A second connection to a file that another one has opened. Throws what SQLite throws. */
export function openToRead(file: string): BetterSqlite3.Database {
  const handle = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  handle.pragma('cache_size = -16384');
  return handle;
}
