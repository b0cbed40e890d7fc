const codes = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST']);

/** Whether the system said that nothing can be written there: a full disk, a read-only one, somebody else's folder, a file in its place. */
export function unwritable(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.has(error.code);
}
