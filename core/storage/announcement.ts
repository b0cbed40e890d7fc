import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toStorageError } from './storage-error.ts';

/** What the owner tells those who come second, e.g. where to reach it. Lies in a file for the user alone. */
export type DirectoryAnnouncement = Record<string, unknown>;

const fileName = 'agent.json';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but is another user's.
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

export async function announce(places: readonly string[], info: DirectoryAnnouncement): Promise<void> {
  for (const place of places) {
    const file = path.join(place, fileName);
    const draft = `${file}.${process.pid}.new`;
    try {
      writeFileSync(draft, JSON.stringify({ pid: process.pid, info }), { mode: 0o600 });
      renameSync(draft, file);
    } catch (error) {
      rmSync(draft, { force: true });
      throw toStorageError(error, file);
    }
  }
}

export function retract(places: readonly string[]): void {
  for (const place of places) rmSync(path.join(place, fileName), { force: true });
}

/** The announcement of a process that lives; one that a crash left behind does not count. */
export function seek(places: readonly string[]): DirectoryAnnouncement | null {
  for (const place of places) {
    try {
      const text = readFileSync(path.join(place, fileName), 'utf8');
      const { pid, info } = JSON.parse(text) as { pid?: unknown; info?: unknown };
      if (typeof pid === 'number' && isAlive(pid) && typeof info === 'object' && info !== null)
        return info as DirectoryAnnouncement;
    } catch {
      // Not announced yet, or just being replaced: whoever asks will ask again.
      continue;
    }
  }
  return null;
}
