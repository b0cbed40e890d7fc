import type { DirectoryConfig } from '#contract/ipc/index.ts';

export interface BegunSignIn {
  /** To be opened in the browser. */
  url: string;
  /** To be typed there; null for nothing. */
  userCode: string | null;
  /** The secret that the source is given from then on. Rejects with a `directory.*` code. */
  finished: Promise<string>;
  /** Nobody waits for it any more. */
  cancel(): void;
}

/** Lets the user sign in where a source wants more than a password. */
export interface SignIn {
  /** Rejects with a `directory.*` code. */
  begin(config: DirectoryConfig): Promise<BegunSignIn>;
}
