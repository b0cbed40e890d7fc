import { OffhookError } from '#contract/errors.ts';
import { toStorageError } from '#core/storage/index.ts';

/** What kept a recording from being written, as the user is told: a full disk has its own sentence. */
export function toRecordingError(error: unknown, file: string): OffhookError {
  if (error instanceof OffhookError && error.code.startsWith('recording.')) return error;
  const { code, detail } = toStorageError(error, file);
  const told = code === 'storage.full' ? 'recording.disk-full' : 'recording.failed';
  return new OffhookError(told, { values: { file }, detail: detail ?? code, cause: error });
}
