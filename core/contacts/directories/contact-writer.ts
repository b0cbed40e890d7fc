import type { OwnContact } from '#contract/ipc/index.ts';

/** Puts a new contact where a source's entries are. Rejects with a `directory.*` code. */
export interface ContactWriter {
  /** Resolves to true where the source's own program shows it for the user to save; false when it is saved. */
  create(contact: OwnContact, signal: AbortSignal): Promise<boolean>;
}
