import { closeSync, lstatSync, openSync } from 'node:fs';
import path from 'node:path';
import { systemClock, type Clock, makeDirectory } from '#core/foundation/index.ts';
import { announce, retract } from './announcement.ts';
import { takeLock, type Lock } from './process-lock.ts';
import { seek, type DirectoryAnnouncement } from './seek-announcement.ts';
import { toStorageError } from './storage-error.ts';
import { substituteDirectory } from './substitute-directory.ts';

export type { DirectoryAnnouncement } from './seek-announcement.ts';

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
  const place = substituteDirectory(directory);
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

/** Where the lock may lie, best first. */
function* lockPlaces(directory: string): Generator<{ place: string; writable: boolean }> {
  if (canWrite(directory)) yield { place: directory, writable: true };
  const place = substitute(directory);
  if (place !== null) yield { place, writable: false };
}

/** A full disk still lets files be opened; that nothing can be written shows when SQLite takes the lock. */
function isUnwritable(error: unknown, place: string): boolean {
  const { code, detail } = toStorageError(error, place);
  return code === 'storage.full' || code === 'storage.read-only' || /^SQLITE_(IOERR|CANTOPEN)/.test(detail ?? '');
}

/** The lock, or word of who has it; null where no lock can be taken. */
async function seize(place: string, clock: Clock): Promise<Lock | RunningDirectory | null> {
  const deadline = clock.monotonic() + patience;
  try {
    for (;;) {
      const lock = await takeLock(path.join(place, 'agent.lock'));
      if (lock) return lock;
      const info = seek([place]);
      if (info || clock.monotonic() >= deadline) return { kind: 'running', info };
      await new Promise<void>((resolve) => clock.after(pollMilliseconds, resolve));
    }
  } catch (error) {
    if (isUnwritable(error, place)) return null;
    throw error;
  }
}

/**
 * One agent per data directory. Makes the directory (0700) and takes its lock, which the operating system lets go of
 * when the process dies in whatever way, so that nothing stale is left behind. Where nothing can be written, the lock
 * lies in the temporary directory; where that is full as well, there is none.
 */
export async function acquireDataDirectory(
  wanted: string,
  clock: Clock = systemClock,
): Promise<OwnedDirectory | RunningDirectory> {
  const directory = path.resolve(wanted);
  for (const { place, writable } of lockPlaces(directory)) {
    const seized = await seize(place, clock);
    if (seized === null) continue;
    if ('kind' in seized) return seized;
    return own(directory, writable, [place], seized);
  }
  return own(directory, false, [], null);
}
