import { OffhookError } from '#contract/errors.ts';

/** Gives what the file system threw its code, with the technical one as detail. */
export function toExportError(error: unknown): OffhookError {
  if (error instanceof OffhookError) return error;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const detail = error instanceof Error ? error.message : String(error);
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new OffhookError(full ? 'export.full' : 'export.failed', { detail: detail.slice(0, 300), cause: error });
}
