import { OffhookError, type ErrorCode } from '#contract/errors.ts';

const codes: Record<string, ErrorCode> = {
  ENOENT: 'directory.not-found',
  ENOTDIR: 'directory.not-found',
  EBUSY: 'directory.locked',
  ETXTBSY: 'directory.locked',
};

/** @param file name of the file or folder, for people */
export function toFileError(error: unknown, file: string): OffhookError {
  if (error instanceof OffhookError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  // The message of the system names the whole path; its code is enough.
  const detail = code ?? message ?? String(error);
  return new OffhookError(codes[code ?? ''] ?? 'directory.unreadable', { values: { file }, detail, cause: error });
}
