export interface RunningProgram {
  /** Its file; empty where it may not be known. */
  path: string;
  /** As people know it; the file's name where it says nothing. */
  name: string;
}

/** Which programs run on this computer. */
export interface ProgramFinder {
  /** The process and those that started it, nearest first. Ends where nobody knows further. Never rejects. */
  ancestry(pid: number): Promise<RunningProgram[]>;
}
