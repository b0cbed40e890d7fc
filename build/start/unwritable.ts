import type { ErrorReport } from '#contract/errors.ts';
import { say } from '../prepare/words.mjs';
import { sentence } from './sentences.ts';

const codes = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST']);

/** Whether the system said that nothing can be written there: a full disk, a read-only one, somebody else's folder, a file in its place. */
export function unwritable(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.has(error.code);
}

/** A phone that has other lines is still a phone: it starts, and this is told. */
export function sayWithoutExchange(error: { code: string }): void {
  const code: ErrorReport['code'] = error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'storage.full' : 'storage.read-only';
  const cause = sentence({ code, values: {}, detail: null });
  say(
    `Встроенная АТС не запущена, остальное работает: ${cause}. Освободите место или задайте другой каталог в OFFHOOK_DATA и запустите снова.`,
    `The built-in exchange was not started, the rest works: ${cause}. Free some space, or name another directory in OFFHOOK_DATA, and start again.`,
  );
}
