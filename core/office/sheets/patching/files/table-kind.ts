import { OffhookError } from '#contract/errors.ts';
import type { SourceFile } from './source-file.ts';

/** By what the file holds and not by its name, as it is read. Throws `sheet.broken` for what is neither. */
export async function tableKind({ handle, size, path }: SourceFile): Promise<'workbook' | 'text'> {
  if (size === 0) throw new OffhookError('sheet.broken', { detail: 'an empty file' });
  const start = Buffer.alloc(2);
  await handle.read(start, 0, 2, 0);
  if (start.toString('latin1') === 'PK') return 'workbook';
  if (/\.xl\w+$/i.test(path)) throw new OffhookError('sheet.broken', { detail: 'no ZIP file' });
  return 'text';
}
