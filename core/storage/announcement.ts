import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { announcementFile, type DirectoryAnnouncement } from './seek-announcement.ts';
import { toStorageError } from './storage-error.ts';

export async function announce(places: readonly string[], info: DirectoryAnnouncement): Promise<void> {
  for (const place of places) {
    const file = path.join(place, announcementFile);
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
  for (const place of places) rmSync(path.join(place, announcementFile), { force: true });
}
