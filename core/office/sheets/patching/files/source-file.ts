import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';

const chunk = 1024 * 1024;

/** Of a file's whole content. */
export async function contentHash(handle: FileHandle): Promise<string> {
  const sum = createHash('sha256');
  const buffer = Buffer.allocUnsafe(chunk);
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, chunk, at);
    if (bytesRead === 0) return sum.digest('base64url');
    sum.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** A file as it was when it was opened. */
export interface SourceFile {
  path: string;
  handle: FileHandle;
  size: number;
  stats: BigIntStats;
  hash: string;
}

export async function openSource(path: string): Promise<SourceFile> {
  const handle = await open(path, 'r');
  try {
    const stats = await handle.stat({ bigint: true });
    const hash = await contentHash(handle);
    return { path, handle, size: Number(stats.size), stats, hash };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Whether what is open has still the content that it had: a program may write into it without replacing it. */
export async function isUnchanged({ handle, hash, size }: SourceFile): Promise<boolean> {
  const now = await handle.stat();
  return now.size === size && (await contentHash(handle)) === hash;
}

/** Whether the path still leads to what was opened. */
export function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev && one.size === other.size && one.mtimeNs === other.mtimeNs;
}

export const stillThere = async (path: string) => await stat(path, { bigint: true }).catch(() => null);
