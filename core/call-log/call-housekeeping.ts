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

export interface CallWithOthers {
  sequence: number;
  /** JSON of the legs. */
  legs: string | null;
  /** As it was shown. */
  divertedFrom: string | null;
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
  /** Calls in which somebody stands beside the party, as a leg or as whom they were diverted from; oldest first, after `after`. */
  nextWithOthers(after: number, limit: number): Promise<CallWithOthers[]>;
  /** Takes legs and diversion out of these calls. */
  forgetOthers(sequences: readonly number[]): Promise<void>;
  /** One step of taking the words of deleted calls out of the search index; true when none are left. */
  cleanStep(): Promise<boolean>;
  /** Nothing of what was deleted stays in the journal of the database, nor, where `compact` is set, between its rows. */
  settle(options: { compact: boolean }): Promise<void>;
}
