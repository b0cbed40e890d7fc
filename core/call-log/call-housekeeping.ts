/** Whose calls: all that belong to these numbers, or were linked to the person by hand. */
export interface PartyOfCalls {
  partyKeys: readonly string[];
  personId: string | null;
}

export interface CallKey {
  /** Key of the row; greater for later calls. */
  sequence: number;
  callId: string;
}

export interface CallsOfParty {
  calls: number;
  /** Calls with a note, an outcome or tags. */
  notes: number;
  /** Follow-ups that are not done. */
  followUps: number;
}

/**
 * Takes calls out of the log, with all that hangs on them. Never a call that is up, and by age never one whose
 * follow-up is open. Small steps: whoever asks makes the pauses between them.
 */
export interface CallHousekeeping {
  /** How many calls offered before `before` (Unix ms) may go. */
  countBefore(before: number): Promise<number>;
  /** The time (Unix ms) before which that many calls may go; null where there are none. */
  timeOfOldest(count: number): Promise<number | null>;
  /** All calls, and the bytes that the database uses. */
  totals(): Promise<{ calls: number; bytes: number }>;
  /** The oldest of those that may go. */
  nextBefore(before: number, limit: number): Promise<CallKey[]>;
  countOf(party: PartyOfCalls): Promise<CallsOfParty>;
  nextOf(party: PartyOfCalls, limit: number): Promise<CallKey[]>;
  remove(calls: readonly CallKey[]): Promise<void>;
  /** One step of taking the words of deleted calls out of the search index; true when none are left. */
  cleanStep(): Promise<boolean>;
  /** Nothing of what was deleted stays in the journal of the database, nor, where `compact` is set, between its rows. */
  settle(options: { compact: boolean }): Promise<void>;
}
