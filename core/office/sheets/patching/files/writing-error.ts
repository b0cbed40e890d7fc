import path from 'node:path';
import { OffhookError, type ErrorCode } from '#contract/errors.ts';

/** What the reader of sheets says of a file, as it is said of writing to it. */
const codes: Partial<Record<ErrorCode, ErrorCode>> = {
  'directory.encrypted': 'sheet.encrypted',
  'directory.locked': 'sheet.locked',
  'directory.not-found': 'sheet.missing',
  'directory.too-large': 'sheet.too-large',
  'directory.unsupported-file': 'sheet.unsupported',
  'directory.unreadable': 'sheet.failed',
  'directory.empty': 'sheet.broken',
  'directory.broken-file': 'sheet.broken',
  'directory.suspicious-file': 'sheet.broken',
};

const systemCodes: Record<string, ErrorCode> = {
  ENOSPC: 'sheet.no-space',
  EDQUOT: 'sheet.no-space',
  EFBIG: 'sheet.no-space',
  EROFS: 'sheet.read-only',
  EACCES: 'sheet.read-only',
  EPERM: 'sheet.read-only',
  EBUSY: 'sheet.locked',
  ETXTBSY: 'sheet.locked',
  ENOENT: 'sheet.missing',
  ENOTDIR: 'sheet.missing',
};

/** Windows says no more than that it may not, where another program has the file open. */
const heldOnWindows = ['EACCES', 'EPERM'];

/** Any failure as a `sheet.*` code with the file's name; anything that is a bug stays as it is. */
export function writingError(error: unknown, file: string): unknown {
  const name = path.basename(file);
  if (error instanceof OffhookError) {
    const code = codes[error.code] ?? error.code;
    if (!code.startsWith('sheet.')) return error;
    return new OffhookError(code, { values: { file: name, ...error.values }, detail: error.detail, cause: error });
  }
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return error;
  const isHeld = process.platform === 'win32' && syscall === 'rename' && heldOnWindows.includes(code);
  const known = isHeld ? 'sheet.locked' : systemCodes[code];
  if (known) return new OffhookError(known, { values: { file: name }, detail: message, cause: error });
  // zlib's own: the data is not what it was when it was packed.
  if (code.startsWith('Z_'))
    return new OffhookError('sheet.broken', { values: { file: name }, detail: message, cause: error });
  if (!/^E[A-Z]+$/.test(code)) return error;
  return new OffhookError('sheet.failed', { values: { file: name }, detail: message, cause: error });
}
