import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import { toStorageError } from '../storage-error.ts';

/**
 * A backup is a copy of the database with tables of its own beside: `backup_manifest` (what `BackupFacts` says, and
 * `format`), `backup_document` (JSON texts), `backup_file` (in parts of 1 MB) and `backup_seal`.
 */
export const backupTables = `
CREATE TABLE backup_manifest (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE backup_document (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE backup_file (id INTEGER PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
CREATE TABLE backup_seal (seal TEXT NOT NULL) STRICT;
`;
export const backupTableNames = ['backup_manifest', 'backup_document', 'backup_file', 'backup_seal'];
/** `OHBK`, in the file's header. */
export const backupApplicationId = 0x4f48424b;
export const backupFormat = 1;
export const partBytes = 1024 * 1024;

const codes: Partial<Record<ErrorCode, ErrorCode>> = {
  'storage.full': 'backup.no-space',
  'storage.read-only': 'backup.not-writable',
};

/** What went wrong while a backup was written to `file`. */
export function toBackupError(thrown: unknown, file: string): OffhookError {
  if (thrown instanceof OffhookError && thrown.code.startsWith('backup.')) return thrown;
  const error = toStorageError(thrown, file);
  const missing = /^(ENOENT|ENOTDIR|EEXIST)/.test(error.detail ?? '');
  const code = missing ? 'backup.not-writable' : (codes[error.code] ?? 'backup.failed');
  return new OffhookError(code, { values: { file }, detail: error.detail, cause: thrown });
}
