/** A file that is being written. */
export interface RecordingWriter {
  /** Appends all of it, or rejects with the system's error: some of it may be there then. */
  write(chunk: Uint8Array): Promise<void>;
  /** What was written is on the disk, if that is possible, and the file let go of. Never rejects. */
  close(): Promise<void>;
}

export interface RecordingFile {
  bytes: number;
  /** Unix ms of the last write. */
  modifiedAt: number;
}

/**
 * The files of the recordings, by their path within the folder (`2026/01/<id>.webm`). A path that leads elsewhere is
 * never followed: nothing is there. Rejects with the system's errors.
 */
export interface RecordingFiles {
  /** A new file for the user alone; one that is there already is never written over. */
  create(file: string): Promise<RecordingWriter>;
  /** Null when it is not there. */
  look(file: string): Promise<RecordingFile | null>;
  /** Null when it is not there. */
  read(file: string, offset: number, length: number): Promise<{ chunk: Uint8Array; bytes: number } | null>;
  /** Does nothing when it is not there. */
  remove(file: string): Promise<void>;
}
