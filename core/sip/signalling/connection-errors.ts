import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import { certificateErrorCode } from '../transports/index.ts';

/** What a failure to connect means to the user. @param host the name as the user wrote it */
export function connectionError(error: unknown, host: string): OffhookError {
  if (error instanceof OffhookError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const code = certificateErrorCode(error) ?? socketErrorCode(error);
  return new OffhookError(code, { values: { host }, detail, cause: error });
}

function socketErrorCode(error: unknown): ErrorCode {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ETIMEDOUT') return 'line.timed-out';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'line.name-not-found';
  return 'line.unreachable';
}
