import type { AuditEntry, CommandArguments, PairedProgram } from '#contract/ipc/index.ts';

export interface StoredProgram extends PairedProgram {
  /** SHA-256 of its token, in hex. */
  tokenHash: string;
}

/**
 * The paired programs and what they did, kept for the next run. No request of a program waits for it. Everything
 * rejects with a `storage.*` code when the disk does not take it.
 */
export interface ProgramStore {
  programs(): Promise<StoredProgram[]>;
  add(program: StoredProgram): Promise<void>;
  remove(programId: string): Promise<void>;
  /** Unix ms by program. */
  used(lastUsed: ReadonlyMap<string, number>): Promise<void>;
  /** New entries, and for entries that are there how often the same came since. */
  note(entries: readonly AuditEntry[], times: ReadonlyMap<number, number>): Promise<void>;
  /** Newest first. */
  audit(asked: CommandArguments<'programs.audit'>): Promise<AuditEntry[]>;
  /** 0 for none. */
  lastAuditId(): Promise<number>;
}

/** Older entries go. */
export const mostAuditEntries = 10_000;
