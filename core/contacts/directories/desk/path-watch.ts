import type { Disposable } from '#core/foundation/index.ts';

/**
 * Tells that a file, or what is in a folder, may have changed: once, when it has been quiet for a moment, and rather too
 * often than not at all. Says nothing of a path that cannot be watched (a network share that tells no events, a folder
 * that is not there yet): the schedule finds out in its time.
 */
export type WatchPath = (path: string, onChange: () => void) => Disposable;
