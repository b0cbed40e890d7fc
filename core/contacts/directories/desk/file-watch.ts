import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { systemClock, toDisposable, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { WatchPath } from './path-watch.ts';

/** ms without a change until one is told: programs save in several steps. */
const quietTime = 1000;

/** ms by which a file may seem to be older than it is. */
const coarse = 20;

/** What a path is; null for what is not there. */
export type Look = (target: string) => Promise<Found | null>;

interface Found {
  folder: boolean;
  changedAt: number;
}

/** A share whose server is gone may keep whoever looks for minutes: another thread looks, and the phone rings meanwhile. */
async function lookAt(target: string): Promise<Found | null> {
  const found = await stat(target).catch(() => null);
  return found && { folder: found.isDirectory(), changedAt: found.mtimeMs };
}

/** Names that are no tables: lock files, hidden files, what is saved under another name first. */
const passing = /^(?:~\$|\.|.*\.tmp$)/i;

/**
 * Watches by the system's events. Of a file its folder is watched, because Excel and others write a new file and rename
 * it: whoever watches the old one hears nothing more.
 */
export const watchPath: WatchPath = (target, onChange) => watchFolderOf(target, onChange, systemClock);

export function watchFolderOf(target: string, onChange: () => void, clock: Clock, look: Look = lookAt): Disposable {
  const name = path.basename(target);
  const since = Date.now() - coarse;
  let waiting: Disposable | null = null;
  let watcher: FSWatcher | null = null;
  let disposed = false;
  const changed = () => {
    waiting?.dispose();
    waiting = clock.after(quietTime, onChange);
  };
  const begin = async () => {
    const before = await look(target);
    const folder = before?.folder ? target : path.dirname(target);
    // Only what has just answered is asked to tell of its changes, which this thread does.
    if (disposed || (!before && !(await look(folder))) || disposed) return;
    watcher = openWatcher(folder, (which) => {
      if (which === null || (before?.folder ? !passing.test(which) : which === name)) changed();
    });
    const after = await look(target);
    if (!disposed && after && after.changedAt >= since) changed();
  };
  void begin();
  return toDisposable(() => {
    disposed = true;
    waiting?.dispose();
    watcher?.close();
  });
}

/** Null where the system tells nothing of the folder. */
function openWatcher(folder: string, heard: (changed: string | null) => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, changed) => heard(changed));
    // The folder went away; what is there instead is found by the schedule.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}
