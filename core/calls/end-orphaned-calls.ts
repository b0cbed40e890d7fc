import { DisposableStore, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { Lines } from '#core/lines/index.ts';
import type { SipUserAgent } from '#core/sip/index.ts';
import { SEQUENCE_MARGIN } from './dialog-keeper.ts';
import type { OpenDialog, OpenDialogs } from './open-dialogs.ts';

/** By then the far end has long gone, and its server has forgotten the dialog. */
const LONGEST_LEFT_MS = 24 * 3_600_000;
/** From the first goodbye on. */
const TRY_FOR_MS = 60_000;
const BETWEEN_TRIES_MS = 5_000;

export interface OrphanedCallsServices {
  openDialogs: OpenDialogs;
  lines: Lines;
  clock: Clock;
  logger: Logger;
}

/**
 * Says goodbye to the far ends of calls that an earlier run left when it died: as soon as the line of each is
 * registered, again for a minute while there is no answer. A call whose line is gone, or that was left a day ago, is
 * dropped. Calls of this run are none of it. Resolves when the disk was read, never rejects.
 * @returns stops it; what was not said stays on the disk for the next run
 */
export async function endOrphanedCalls(services: OrphanedCallsServices): Promise<Disposable> {
  const orphans = new DisposableStore();
  try {
    for (const open of await services.openDialogs.left()) orphans.add(new OrphanedCall(services, open));
  } catch (error) {
    services.logger.warn('calls that an earlier run left could not be read', { error });
  }
  return orphans;
}

class OrphanedCall implements Disposable {
  private readonly services: OrphanedCallsServices;
  private readonly open: OpenDialog;
  private readonly listening: Disposable;
  private retry: Disposable | null = null;
  /** A goodbye is on its way, or waits to be said again. */
  private busy = false;
  private over = false;
  private tries = 0;
  private firstTry = 0;

  constructor(services: OrphanedCallsServices, open: OpenDialog) {
    this.services = services;
    this.open = open;
    this.listening = services.lines.onChanged(() => this.look());
    this.look();
  }

  dispose(): void {
    this.over = true;
    this.listening.dispose();
    this.retry?.dispose();
  }

  private look(): void {
    if (this.over || this.busy) return;
    const { lines, clock } = this.services;
    const line = lines.find(this.open.lineId);
    if (!line) return this.finish('its line is gone');
    if (clock.now() - this.open.keptAt > LONGEST_LEFT_MS) return this.finish('it is too old');
    if (line.userAgent && line.registered) void this.sayGoodbye(line.userAgent);
  }

  private async sayGoodbye(userAgent: SipUserAgent): Promise<void> {
    const { clock, logger } = this.services;
    const { dialog, callId } = this.open;
    this.busy = true;
    if (this.tries === 0) this.firstTry = clock.monotonic();
    this.tries += 1;
    // Each try has a number of its own: what came of the one before is not known.
    const localSequence = dialog.localSequence + SEQUENCE_MARGIN * this.tries;
    try {
      await userAgent.sayGoodbye({ ...dialog, localSequence });
      this.finish('the far end has been told');
    } catch (error) {
      if (this.over) return;
      if (clock.monotonic() - this.firstTry >= TRY_FOR_MS) return this.finish('nobody could be told');
      logger.info('a goodbye was not taken', { callId, error });
      this.retry = clock.after(BETWEEN_TRIES_MS, () => {
        this.busy = false;
        this.look();
      });
    }
  }

  private finish(outcome: string): void {
    const { openDialogs, logger } = this.services;
    const { callId, lineId } = this.open;
    if (this.over) return;
    this.dispose();
    logger.info('a call that an earlier run left is ended', { callId, lineId, outcome });
    openDialogs.forget(callId).catch((error: unknown) => logger.warn('and is still on the disk', { callId, error }));
  }
}
