import type { AnnotationChange, AnnotationPatch, CallFilter, CallPage, LoggedCall } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

export interface CallQuery {
  filter: CallFilter;
  /** `next` of the page before; null begins with the newest. */
  after: string | null;
  limit: number;
}

/**
 * The calls with what the user added to them, as windows ask for them. A question never holds up a record. Rejects with
 * a `storage.*` code where the disk says no.
 */
export interface CallArchive {
  /** Newest first. Every call that the filter lets through is on exactly one page. */
  query(query: CallQuery): Promise<CallPage>;
  count(filter: CallFilter): Promise<number>;
  get(callId: string): Promise<LoggedCall | null>;
  /**
   * Resolves when the change and its history are on the disk.
   * @throws OffhookError `call.unknown` where the call has no record
   */
  annotate(callId: string, patch: AnnotationPatch): Promise<LoggedCall>;
  /** What was changed, newest first. */
  changes(callId: string): Promise<AnnotationChange[]>;
  suggestions(): Promise<{ outcomes: string[]; tags: string[] }>;
  /** Follow-ups that are not done, the soonest first. */
  followUps(): Promise<LoggedCall[]>;
  readonly onAnnotated: Event<LoggedCall>;
  /** Missed calls that were handled by a call just recorded. */
  readonly onHandled: Event<string[]>;
}
