/** What a backup tells of itself. */
export interface BackupFacts {
  /** Unix ms. */
  madeAt: number;
  /** Of the program that made it. */
  version: string;
  calls: number;
  people: number;
  /** Recordings inside, and their bytes; none where they were left out. */
  recordings: number;
  recordingBytes: number;
  /** Of the whole file. */
  bytes: number;
}

/** A file to go into a backup, or out of one. `name` is relative to the folder that all of them lie in. */
export interface PackedFile {
  name: string;
  path: string;
}

/** Long works of the storage, each in a thread of its own. */
export interface StorageJobs {
  /** Looks for damage. A file that cannot be read at all rejects. */
  check: { request: Record<string, never>; result: { sound: boolean; detail: string | null }; progress: never };
  /**
   * One file with everything, of one moment, made while others write. It appears under its name when it is complete
   * and has been verified; rejects with `backup.no-space`, `backup.not-writable` or `backup.failed` otherwise.
   */
  backUp: {
    request: {
      target: string;
      version: string;
      madeAt: number;
      documents: Record<string, string>;
      files: readonly PackedFile[];
      /** A query with one number each, asked of the copy. */
      counts: { calls: string; people: string };
    };
    result: BackupFacts;
    /** Share of the work, 0–1. */
    progress: number;
  };
  /** What a backup holds. `thorough` reads every byte. Rejects with `backup.not-found`, `backup.not-ours`, `backup.damaged`, `backup.newer`. */
  inspect: { request: { file: string; thorough: boolean }; result: BackupFacts; progress: never };
  /** What each of these backups says of itself; those that are none are left out. */
  list: { request: { files: readonly string[] }; result: (BackupFacts & { file: string })[]; progress: never };
  /** The database of a backup as a file of its own, and the documents in it. Its files go to `folder` unless they are there. */
  unpack: {
    request: { file: string; target: string; folder: string | null };
    result: { documents: Record<string, string>; files: number };
    progress: never;
  };
  /** Takes over what can be read of a damaged file. May be asked again after an interruption. */
  salvage: {
    request: { copy: string };
    /** Rows by table; `complete` when nothing was unreadable. */
    result: { rows: Record<string, number>; complete: boolean };
    progress: never;
  };
}

export type StorageJobName = keyof StorageJobs;
