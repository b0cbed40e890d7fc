import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock, type Clock, makeDirectory } from '#core/foundation/index.ts';
import { announce, retract, seek, type DirectoryAnnouncement } from './announcement.ts';
import { takeLock, type Lock } from './process-lock.ts';

export type { DirectoryAnnouncement } from './announcement.ts';

export interface OwnedDirectory {
  kind: 'owner';
  /** Absolute path. */
  directory: string;
  /** False when nothing can be written there: settings and records then live in memory. */
  writable: boolean;
  announce(info: DirectoryAnnouncement): Promise<void>;
  release(): Promise<void>;
}

/** Another process has the directory; `info` is null when it has not announced itself within 3 s. */
export interface RunningDirectory {
  kind: 'running';
  info: DirectoryAnnouncement | null;
}

const patience = 3000;
const pollMilliseconds = 50;

function canWrite(directory: string): boolean {
  try {
    makeDirectory(directory);
    closeSync(openSync(path.join(directory, 'agent.lock'), 'a', 0o600));
    return true;
  } catch {
    // Whatever the reason (read-only, full, not a directory), the lock has to lie elsewhere.
    return false;
  }
}

/** A place in the temporary directory that stands for a data directory in which nothing can be written. */
function substitute(directory: string): string | null {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  const place = path.join(os.tmpdir(), `offhook-${os.userInfo().username}-${name}`);
  if (!canWrite(place)) return null;
  const { uid, mode } = lstatSync(place);
  // Somebody else may have made it first in a directory that all share.
  const foreign = process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o077) !== 0);
  return foreign ? null : place;
}

function own(directory: string, writable: boolean, places: string[], lock: Lock | null): OwnedDirectory {
  retract(places);
  return {
    kind: 'owner',
    directory,
    writable,
    announce: (info) => announce(places, info),
    async release() {
      if (lock) retract(places);
      lock?.release();
    },
  };
}

/**
 * One agent per data directory. Makes the directory (0700) and takes its lock, which the operating system lets go of
 * when the process dies in whatever way, so that nothing stale is left behind. Where nothing can be written, the lock
 * lies in the temporary directory.
 */
export async function acquireDataDirectory(
  wanted: string,
  clock: Clock = systemClock,
): Promise<OwnedDirectory | RunningDirectory> {
  const directory = path.resolve(wanted);
  const writable = canWrite(directory);
  const replacement = writable ? null : substitute(directory);
  const places = writable ? [directory] : replacement ? [replacement] : [];
  const [place] = places;
  if (place === undefined) return own(directory, false, [], null);
  const deadline = clock.monotonic() + patience;
  for (;;) {
    const lock = await takeLock(path.join(place, 'agent.lock'));
    if (lock) return own(directory, writable, places, lock);
    const info = seek(places);
    if (info || clock.monotonic() >= deadline) return { kind: 'running', info };
    await new Promise<void>((resolve) => clock.after(pollMilliseconds, resolve));
  }
}
