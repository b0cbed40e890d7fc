import type { EntryPhoto } from '../source-entry.ts';
import type { StoredEntry, StoredNumber } from '../stored-entry.ts';

/** An entry as it is to be stored: clean, its numbers read. */
export interface KeptEntry extends Omit<StoredEntry, 'id' | 'personId' | 'directoryId' | 'photo'> {
  /** As `markedHash`; empty for own contacts. */
  contentHash: string;
  photo: (EntryPhoto & { hash: string }) | null;
}

export interface ListedEntry {
  key: string;
  name: string;
  firm: string;
  numbers: StoredNumber[];
  emails: string[];
}

/**
 * Entries of the directories, for a thread of their own: blocks it, in short transactions with room between them for
 * whoever else writes. What was written stays, whatever comes after it.
 * Throws `storage.full`, `storage.read-only`, `storage.corrupt` or `storage.failed`.
 */
export interface EntryStore {
  /** Content hash of every entry of the directory by its key. */
  hashes(directoryId: string): Map<string, string>;
  /** Adds, or takes the place of the one with the same key. */
  put(directoryId: string, entries: readonly KeptEntry[]): Promise<void>;
  /** Links to a removed entry's person lead to another entry of theirs from then on, where there is one. */
  remove(directoryId: string, keys: readonly string[]): Promise<void>;
  /** All entries, some at a time, in the order in which they were added. */
  list(directoryId: string): Iterable<ListedEntry[]>;
  setNumbers(directoryId: string, entries: readonly Pick<ListedEntry, 'key' | 'numbers'>[]): Promise<void>;
  close(): void;
}
