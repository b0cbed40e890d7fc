import type { SipDialog } from '#core/sip/index.ts';

/** A call's dialog as it is kept while the call lasts. */
export interface OpenDialog {
  callId: string;
  lineId: string;
  /** Unix ms of its last writing. */
  keptAt: number;
  dialog: SipDialog;
}

/**
 * The dialogs of calls that are up, kept where a crash does not take them: what the next run needs to say goodbye to
 * the far end. Writes of one call never overtake each other. Everything rejects with a `storage.*` code when the disk
 * does not take it.
 */
export interface OpenDialogs {
  /** Resolves when it is on the disk, in place of what was kept of that call before. */
  keep(open: OpenDialog): Promise<void>;
  /** The call is over: nothing is left to be said. */
  forget(callId: string): Promise<void>;
  /** What earlier runs left, oldest first; nothing of this run. */
  left(): Promise<OpenDialog[]>;
}
