import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '#core/foundation/index.ts';

const attempts = 5;
const pauseMilliseconds = 50;

async function syncDirectory(directory: string): Promise<void> {
  // Windows has no way to open a directory; NTFS journals the rename by itself.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeThrough(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** On Windows a virus scanner may hold the file for a moment. */
async function renamePatiently(from: string, to: string, clock: Clock): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(from, to);
    } catch (error) {
      const busy = /^(EPERM|EACCES|EBUSY)$/.test(String((error as { code?: unknown }).code));
      if (process.platform !== 'win32' || !busy || attempt >= attempts) throw error;
      await new Promise<void>((resolve) => clock.after(pauseMilliseconds, resolve));
    }
  }
}

/** Writes the whole file (0600) so that a crash at any instant leaves the old text or the new one. */
export async function replaceFile(file: string, text: string, clock: Clock): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  try {
    await writeThrough(await open(draft, 'w', 0o600), text);
    await renamePatiently(draft, file, clock);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncDirectory(path.dirname(file));
}
