import type { MergeEntry, Pin } from '../merging/merge-entry.ts';

/** An entry, and whose it is by the last merging; null: of nobody yet. */
export interface StoredMergeEntry extends MergeEntry {
  personId: string | null;
}

/** One change of what follows from a merging. */
export type PersonChange =
  | { kind: 'person'; id: string; name: string }
  | { kind: 'person-gone'; id: string }
  | { kind: 'number'; partyKey: string; personId: string }
  | { kind: 'number-gone'; partyKey: string }
  /** What the user linked to one person is another's now. */
  | { kind: 'successor'; id: string; personId: string }
  | { kind: 'entry'; handle: string; personId: string };

/** What merging reads and writes, for a thread of its own. Throws a `storage.*` code. */
export interface PersonStore {
  /** All that is read in between is of one moment. */
  atOneMoment<T>(read: () => T): T;
  /** In the user's order, without those that are being removed. */
  directories(): string[];
  /**
   * Of those directories. `further`: what the last merging joined to a person whose id is another entry's handle;
   * `first`: all others.
   */
  entries(which?: 'first' | 'further'): Iterable<StoredMergeEntry>;
  pins(): Pin[];
  /** Handles by party key: whom the user means by the number. */
  choices(): Map<string, string>;
  /** Handles of entries that are gone, and of another entry of the same person. */
  aliases(): Map<string, string>;
  /** Names by id, and ids by party key, as the call log knows them. */
  known(): { persons: Map<string, string>; numbers: Map<string, string> };
  /** Ids that the user linked calls to. */
  linked(): string[];
  /**
   * In short transactions, with room between them for whoever else writes; ends early when `isCut` says so.
   * Gives how many were written.
   */
  write(changes: Iterable<PersonChange>, isCut: () => boolean): Promise<number>;
}
