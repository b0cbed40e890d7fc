import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { namingFile, readingError } from './reading-error.ts';

/** What tells whether a file is as it was. */
export interface ContentPrint {
  size: number;
  /** Unix ms of the last change. */
  modified: number;
  /** Of its content; a mere touch leaves it. */
  hash: string;
}

async function contentHash(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) sum.update(chunk as Buffer);
  return sum.digest('base64url').slice(0, 22);
}

/** Reads the file only where its size or time differ from those known. */
export async function contentPrint(file: string, known: ContentPrint | null): Promise<ContentPrint> {
  try {
    const found = await stat(file);
    const { size, mtimeMs: modified } = found;
    if (!found.isFile()) throw readingError('directory.unsupported-file', 'no file');
    if (known?.size === size && known.modified === modified) return { size, modified, hash: known.hash };
    return { size, modified, hash: await contentHash(file) };
  } catch (error) {
    throw namingFile(error, file);
  }
}
