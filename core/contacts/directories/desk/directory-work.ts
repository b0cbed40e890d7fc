import type { DirectoryJobName, DirectoryJobs } from './directory-worker-protocol.ts';

/** What is told while a work goes on. */
export interface WorkTold {
  progress?: (progress: { done: number; total: number | null }) => void;
  /** A token was renewed. */
  secret?: (secret: string) => void;
}

export interface RunningWork<N extends DirectoryJobName> {
  /** Rejects with a `directory.*`, `storage.*` or `internal.bug` code. */
  readonly finished: Promise<DirectoryJobs[N]['result']>;
  /** Ends it soon, whatever it does; `finished` settles then. */
  cancel(): void;
}

/** Works on directories, each of which runs beside everything else, and never takes anybody down with it. */
export interface DirectoryWork {
  begin<N extends DirectoryJobName>(kind: N, request: DirectoryJobs[N]['request'], told?: WorkTold): RunningWork<N>;
}
