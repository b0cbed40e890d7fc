import type { CallDirection, Disposition } from '#contract/ipc/index.ts';

/** What a journal is told of a call. Names and notes are hostile text. */
export interface JournalledCall {
  callId: string;
  direction: CallDirection;
  disposition: Disposition;
  /** What to dial to reach them; null when withheld. */
  number: string | null;
  display: string;
  name: string;
  firm: string;
  /**
   * Entry of the person in the directory that the journal goes through, as its source knows it (a 1C `Ref_Key`, an
   * Outlook `EntryID`); null where nobody was recognised there.
   */
  entryKey: string | null;
  /** Unix ms. */
  offeredAt: number;
  answeredAt: number | null;
  endedAt: number;
  lineLabel: string;
  note: string;
  outcome: string | null;
}

/**
 * One place where calls are journalled. `reference` is what an earlier write of the same call left: it is then changed,
 * not written again. A write whose answer was lost must not lead to a second entry either.
 * @throws OffhookError `delivery.unreachable`, `delivery.failed`, `directory.*` (tried again); `delivery.refused`,
 * `delivery.not-allowed`, `delivery.no-object` (not tried again by itself)
 */
export interface CallJournalTarget {
  write(call: JournalledCall, reference: string | null, signal: AbortSignal): Promise<{ reference: string | null }>;
  /** Whether it could be written to; a sentence's value for the user, e.g. the name of the infobase. */
  check(signal: AbortSignal): Promise<{ note: string }>;
}
