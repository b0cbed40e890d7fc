import { closeSync, openSync, readSync, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import type { SchemaPart } from '../database.ts';
import { isSealed } from '../seal.ts';
import { refuseNewer } from '../migrate.ts';
import type { BackupFacts } from '../storage-jobs.ts';
import { toStorageError } from '../storage-error.ts';
import { backupApplicationId, backupFormat } from './backup-format.ts';

// https://www.sqlite.org/fileformat.html#the_database_header
const magic = 'SQLite format 3\0';
const applicationIdPlace = 68;

function refuse(code: ErrorCode, file: string, detail: string | null = null): OffhookError {
  return new OffhookError(code, { values: { file }, detail });
}

function refuseForeign(file: string): void {
  const header = Buffer.alloc(100);
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    throw refuse('backup.not-found', file, String((error as { code?: unknown }).code ?? ''));
  }
  try {
    readSync(handle, header, 0, header.length, 0);
  } catch (error) {
    // A folder opens, and cannot be read.
    throw refuse('backup.not-found', file, String((error as { code?: unknown }).code ?? ''));
  } finally {
    closeSync(handle);
  }
  const ours = header.toString('latin1', 0, magic.length) === magic;
  if (!ours || header.readUInt32BE(applicationIdPlace) !== backupApplicationId) throw refuse('backup.not-ours', file);
}

function readFacts(handle: BetterSqlite3.Database, file: string): BackupFacts {
  const rows = handle.prepare('SELECT key, value FROM backup_manifest').all() as { key: string; value: unknown }[];
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  if (Number(values.get('format')) > backupFormat) throw refuse('backup.newer', file);
  const number = (key: string) => Number(values.get(key) ?? 0);
  return {
    madeAt: number('madeAt'),
    version: String(values.get('version') ?? ''),
    calls: number('calls'),
    people: number('people'),
    recordings: number('recordings'),
    recordingBytes: number('recordingBytes'),
    bytes: statSync(file).size,
  };
}

function readSound(
  handle: BetterSqlite3.Database,
  file: string,
  parts: readonly SchemaPart[],
  thorough: boolean,
): BackupFacts {
  const facts = readFacts(handle, file);
  const seal = String(handle.prepare('SELECT seal FROM backup_seal').pluck().get());
  if (thorough && !isSealed(file, seal)) throw refuse('backup.damaged', file, 'the checksum differs');
  refuseNewer(handle, parts, file);
  if (!thorough) return facts;
  const word = String(handle.pragma('quick_check(1)', { simple: true }));
  if (word !== 'ok') throw refuse('backup.damaged', file, word.slice(0, 300));
  return facts;
}

/** @throws OffhookError `backup.not-found`, `backup.not-ours`, `backup.damaged`, `backup.newer` */
export function inspectBackup(file: string, parts: readonly SchemaPart[], thorough: boolean): BackupFacts {
  refuseForeign(file);
  try {
    const handle = new BetterSqlite3(file, { readonly: true });
    try {
      return readSound(handle, file, parts, thorough);
    } finally {
      handle.close();
    }
  } catch (thrown) {
    const error = toStorageError(thrown, file);
    if (error.code.startsWith('backup.')) throw error;
    throw refuse(error.code === 'storage.newer' ? 'backup.newer' : 'backup.damaged', file, error.detail);
  }
}

/** Those that are no backups are left out; whoever names one of them by its path is told why. */
export function listBackups(
  files: readonly string[],
  parts: readonly SchemaPart[],
): (BackupFacts & { file: string })[] {
  return files.flatMap((file) => {
    try {
      return [{ ...inspectBackup(file, parts, false), file }];
    } catch {
      return [];
    }
  });
}
