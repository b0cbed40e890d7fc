import { OffhookError, type ErrorCode } from '#contract/errors.ts';

// SQLite result codes: https://www.sqlite.org/rescode.html. The rest are of the file system.
const codes: readonly [RegExp, ErrorCode][] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, 'storage.corrupt'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'storage.full'],
  [/^(SQLITE_READONLY|SQLITE_PERM|SQLITE_CANTOPEN_ISDIR|EROFS|EACCES|EPERM)/, 'storage.read-only'],
];

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Gives what SQLite or the file system threw its code, with the technical one as detail. */
export function toStorageError(error: unknown, file: string): OffhookError {
  if (error instanceof OffhookError) return error;
  const code = codeOf(error);
  const known = codes.find(([pattern]) => pattern.test(code))?.[1] ?? 'storage.failed';
  const message = error instanceof Error ? error.message : String(error);
  return new OffhookError(known, { values: { file }, detail: `${code} ${message}`.trim().slice(0, 300), cause: error });
}
