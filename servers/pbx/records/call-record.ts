/** How a call ended. */
export type CallDisposition = 'answered' | 'busy' | 'declined' | 'no-answer' | 'cancelled' | 'refused' | 'failed';

export interface LegRecord {
  extension: string;
  protocol: string;
  /** Unix ms. */
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  /** Final SIP status; null when the call was over first. */
  status: number | null;
}

/** The exchange's own word on a call: written once, when it is over, and never changed. */
export interface CallRecord {
  id: string;
  /** Call-ID of the caller's INVITE. */
  sipCallId: string;
  /** Extension that proved its secret; null when nobody did. */
  caller: string | null;
  /** The caller asked not to be named. */
  withheld: boolean;
  dialled: string;
  /** What the plan was, in a word each: `ring 102+103`, `echo`, `reject 404`. */
  steps: string[];
  /** Unix ms (UTC). */
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  /** Extension or service that answered. */
  answeredBy: string | null;
  disposition: CallDisposition;
  /** What the caller was answered with; null when it went away first. */
  status: number | null;
  endedBy: 'caller' | 'callee' | 'exchange' | 'network';
  codec: string | null;
  legs: LegRecord[];
}

/** Keeps call detail records, one for every call, in the order in which the calls ended. */
export interface CallRecords {
  /** Takes the record at once; it is on the disk some milliseconds later, and `flush` waits for that. */
  append(record: CallRecord): void;
  /** The last ones, newest first. */
  recent(limit: number): readonly CallRecord[];
  find(id: string): CallRecord | null;
  flush(): Promise<void>;
  close(): Promise<void>;
}
