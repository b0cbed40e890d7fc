/** Tells the browsers of this user where the native host is, and takes it back. */
export interface HostInstallation {
  /** @returns what was written; empty where no browser is known on this computer */
  install(): Promise<string[]>;
  /** @returns what was removed */
  remove(): Promise<string[]>;
}
