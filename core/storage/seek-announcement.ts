import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What the owner tells those who come second, e.g. where to reach it. Lies in a file for the user alone. */
export type DirectoryAnnouncement = Record<string, unknown>;

export const announcementFile = 'agent.json';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but is another user's.
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

/** The announcement of a process that lives; one that a crash left behind does not count. */
export function seek(places: readonly string[]): DirectoryAnnouncement | null {
  for (const place of places) {
    try {
      const text = readFileSync(path.join(place, announcementFile), 'utf8');
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
