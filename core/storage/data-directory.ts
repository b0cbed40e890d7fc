/** What the owner tells those who come second, e.g. where to reach it. Lies in a file for the user alone. */
export type DirectoryAnnouncement = Record<string, unknown>;

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

/**
 * One agent per data directory. Makes the directory (0700) and takes its lock, which the operating system lets go of
 * when the process dies in whatever way, so that nothing stale is left behind.
 */
export async function acquireDataDirectory(_path: string): Promise<OwnedDirectory | RunningDirectory> {
  throw new Error('not written yet');
}
