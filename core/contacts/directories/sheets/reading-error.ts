import { existsSync } from 'node:fs';
import path from 'node:path';
import { OffhookError, type ErrorCode } from '#contract/errors.ts';

type ReadingErrorCode = Extract<ErrorCode, `directory.${string}`>;

/** A failure of a file whose name is known further up, which `namingFile` adds. */
export function readingError(code: ReadingErrorCode, detail: string | null = null): OffhookError {
  return new OffhookError(code, { detail });
}

/** Excel on Windows denies others a file that it has open, and leaves a lock file beside it. */
function isHeld(file: string, code: string): boolean {
  if (code === 'EBUSY' || code === 'ETXTBSY') return true;
  const lock = path.join(path.dirname(file), `~$${path.basename(file)}`);
  return process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES') && existsSync(lock);
}

function ofSystem(file: string, code: string): ReadingErrorCode {
  if (isHeld(file, code)) return 'directory.locked';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'directory.not-found';
  // zlib's own: the data is not what it was when it was packed.
  return code.startsWith('Z_') ? 'directory.broken-file' : 'directory.unreadable';
}

/** The same failure as a `directory.*` code with the file's name; anything that is a bug stays as it is. */
export function namingFile(error: unknown, file: string): unknown {
  const name = path.basename(file) || file;
  if (error instanceof OffhookError) {
    if (!error.code.startsWith('directory.')) return error;
    return new OffhookError(error.code, {
      values: { file: name, ...error.values },
      detail: error.detail,
      cause: error,
    });
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || !/^(?:E[A-Z]|Z_)/.test(code) || code.startsWith('ERR_')) return error;
  const known = ofSystem(file, code);
  const shown = known === 'directory.not-found' ? file : name;
  return new OffhookError(known, { values: { file: shown }, detail: message, cause: error });
}
