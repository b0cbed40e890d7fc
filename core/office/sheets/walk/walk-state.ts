import type { CallResult, SheetRow, SheetWalk } from '#contract/ipc/index.ts';
import type { KeptWalk } from '../journal/sheet-store.ts';
import type { TableRow } from '../reading/sheet-reader.ts';

/**
 * ```
 *            call                 over                  next, skip
 *   ready ──────────▶ calling ──────────▶ wrapping-up ─────────────▶ ready, or finished where no row is left
 *     │ ▲                                  │
 *     │ └── next, skip (another row)       └── call (the same row once more) ──▶ calling
 *     └── paused is a ready that dials nothing by itself
 * ```
 */
export type WalkStep = 'ready' | 'calling' | 'wrapping-up' | 'finished';

export interface WalkState {
  kept: KeptWalk;
  step: WalkStep;
  paused: boolean;
  /** A call was made, so that the next may begin by itself. */
  begun: boolean;
  row: TableRow | null;
  /** `row` as it is shown. */
  shown: SheetRow | null;
  left: number;
  /** What the way in which the call ended says of its result. */
  proposed: CallResult | null;
  /** The result of the call was given. */
  recorded: boolean;
  nextAt: number | null;
}

export function toSheetWalk({ kept, step, paused, shown, left, proposed, recorded, nextAt }: WalkState): SheetWalk {
  const asks = step === 'wrapping-up' && !recorded;
  return {
    sheetId: kept.sheetId,
    state: paused && step === 'ready' ? 'paused' : step,
    row: shown && asks ? { ...shown, result: proposed } : shown,
    callId: kept.callId,
    nextAt,
    done: kept.done,
    skipped: kept.skipped,
    left,
  };
}
