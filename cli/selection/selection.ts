/** What is selected in whatever program is in front. */
export interface Selection {
  /** Empty when nothing is; null where it cannot be read on this computer. */
  read(): Promise<string | null>;
  /** Settles when this process may end: until then it holds what it has put back on the clipboard. */
  released(): Promise<void>;
}
