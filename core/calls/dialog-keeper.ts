import { isDeepStrictEqual } from 'node:util';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { SipDialog } from '#core/sip/index.ts';
import type { Call } from './call.ts';
import type { OpenDialogs } from './open-dialogs.ts';

/**
 * How far the number of a goodbye lies beyond the one kept. The far end refuses a number that is not higher than the
 * last, and takes one that skips some (RFC 3261 12.2.2); so requests such as holds, digits and answers to challenges
 * need no write each. A new one is written when half of the margin is used up.
 */
export const SEQUENCE_MARGIN = 1_000;

export interface DialogKeeperDependencies {
  openDialogs: OpenDialogs;
  clock: Clock;
  logger: Logger;
}

/**
 * Keeps each call's dialog on the disk from when there is one until the call has ended. Nobody waits for it; what the
 * disk does not take is not said goodbye to after a crash, and keeps nobody from calling.
 */
export class DialogKeeper {
  private readonly dependencies: DialogKeeperDependencies;
  private readonly pending = new Set<Promise<void>>();

  constructor(dependencies: DialogKeeperDependencies) {
    this.dependencies = dependencies;
  }

  follow(call: Call): void {
    const { openDialogs, clock } = this.dependencies;
    let kept: SipDialog | null = null;
    call.session.onDialogState((dialog) => {
      if (kept && !isNews(kept, dialog)) return;
      kept = dialog;
      const { id: callId, lineId } = call;
      this.write(openDialogs.keep({ callId, lineId, keptAt: clock.now(), dialog }));
    });
    call.onEnded(() => {
      if (kept) this.write(openDialogs.forget(call.id));
    });
  }

  /** Resolves when everything handed over so far is on the disk, or has failed. */
  async settled(): Promise<void> {
    await Promise.all(this.pending);
  }

  private write(write: Promise<void>): void {
    // A row that outlives its call does no harm: the far end answers the goodbye with 481.
    const done = write.catch((error) => this.dependencies.logger.warn('a dialog is not kept on the disk', { error }));
    this.pending.add(done);
    void done.finally(() => this.pending.delete(done));
  }
}

function isNews(kept: SipDialog, dialog: SipDialog): boolean {
  if (dialog.localSequence - kept.localSequence >= SEQUENCE_MARGIN / 2) return true;
  return !isDeepStrictEqual({ ...kept, localSequence: 0 }, { ...dialog, localSequence: 0 });
}
