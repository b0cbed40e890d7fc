import { closeSync, copyFileSync, existsSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import type { SchemaPart } from '../database.ts';
import { openSqlite } from '../open-sqlite.ts';

export interface DamagedDatabase {
  handle: BetterSqlite3.Database;
  close(): void;
}

const headerBytes = 100;
const pageBytes = 4096;
// https://www.sqlite.org/fileformat.html#in_header_database_size
const pageCountPlace = 28;

/** From either end of any of them: one damaged page must not hide the others. */
function canRead(handle: BetterSqlite3.Database, tables: readonly string[]): boolean {
  return tables.some((table) =>
    ['ASC', 'DESC'].some((order) => {
      try {
        return handle.prepare(`SELECT 1 FROM "${table}" ORDER BY rowid ${order} LIMIT 1`).get() !== undefined;
      } catch {
        // Whatever is wrong with it, this way in does not lead to the table.
        return false;
      }
    }),
  );
}

function tryOpen(file: string, tables: readonly string[]): BetterSqlite3.Database | null {
  let handle: BetterSqlite3.Database | null = null;
  try {
    handle = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
    handle.pragma('cell_size_check = ON');
    if (canRead(handle, tables)) return handle;
  } catch {
    // Not even its header can be read.
    handle?.close();
    return null;
  }
  handle.close();
  return null;
}

/** The first page of a new file of this schema. */
function soundBeginning(damaged: string, parts: readonly SchemaPart[]): Buffer {
  const sound = `${damaged}.sound`;
  remove(sound);
  try {
    openSqlite(sound, parts).close();
    return readFileSync(sound).subarray(0, pageBytes);
  } finally {
    remove(sound);
  }
}

/** A copy of the copy that begins as a sound file does. */
function mend(damaged: string, beginning: Buffer): string {
  const mended = `${damaged}.mended`;
  copyFileSync(damaged, mended);
  beginning.writeUInt32BE(Math.floor(statSync(mended).size / pageBytes), pageCountPlace);
  const target = openSync(mended, 'r+');
  writeSync(target, beginning, 0, beginning.length, 0);
  closeSync(target);
  return mended;
}

function remove(file: string): void {
  for (const companion of ['', '-wal', '-shm']) rmSync(file + companion, { force: true });
}

/**
 * Opens a damaged file to read any of `tables`: as it is, or with its header or its whole first page (the list of its
 * tables) from a new file of the same schema. Null where no way leads in.
 */
export function openDamaged(
  file: string,
  parts: readonly SchemaPart[],
  tables: readonly string[],
): DamagedDatabase | null {
  if (!existsSync(file)) return null;
  const asItIs = tryOpen(file, tables);
  if (asItIs) return { handle: asItIs, close: () => void asItIs.close() };
  for (const bytes of [headerBytes, pageBytes]) {
    let mended: string | null = null;
    try {
      mended = mend(file, Buffer.from(soundBeginning(file, parts).subarray(0, bytes)));
    } catch {
      // No room for another copy.
      remove(`${file}.mended`);
      return null;
    }
    const handle = tryOpen(mended, tables);
    const close = () => {
      handle?.close();
      remove(mended);
    };
    if (handle) return { handle, close };
    close();
  }
  return null;
}
