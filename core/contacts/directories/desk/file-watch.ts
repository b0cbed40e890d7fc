import { statSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { systemClock, toDisposable, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { WatchPath } from './path-watch.ts';

/** ms without a change until one is told: programs save in several steps. */
const quietTime = 1000;

function isFolder(target: string): boolean {
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Names that are no tables: lock files, hidden files, what is saved under another name first. */
const passing = /^(?:~\$|\.|.*\.tmp$)/i;

/**
 * Watches by the system's events. Of a file its folder is watched, because Excel and others write a new file and rename
 * it: whoever watches the old one hears nothing more.
 */
export const watchPath: WatchPath = (target, onChange) => watchFolderOf(target, onChange, systemClock);

export function watchFolderOf(target: string, onChange: () => void, clock: Clock): Disposable {
  const folder = isFolder(target);
  const name = path.basename(target);
  let waiting: Disposable | null = null;
  const heard = (changed: string | null) => {
    const concerns = changed === null || (folder ? !passing.test(changed) : changed === name);
    if (!concerns) return;
    waiting?.dispose();
    waiting = clock.after(quietTime, onChange);
  };
  const watcher = openWatcher(folder ? target : path.dirname(target), heard);
  return toDisposable(() => {
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
