import type { CallRegistry } from '#core/calls/index.ts';
import type { Clock, Disposable } from '#core/foundation/index.ts';
import type { WritePace } from '#core/storage/index.ts';

/** ms after the last call for which its record may still be on its way. */
const afterCalls = 5000;

/** Whoever writes much at once gives way to the records of calls. */
export function paceWriting(
  calls: Pick<CallRegistry, 'live' | 'onChanged'>,
  pace: WritePace,
  clock: Clock,
): Disposable {
  let leaving: Disposable | null = null;
  const listening = calls.onChanged(() => {
    const up = calls.live().length;
    leaving?.dispose();
    leaving = up > 0 ? null : clock.after(afterCalls, () => pace.setCallsUp(0));
    if (up > 0) pace.setCallsUp(up);
  });
  return {
    dispose() {
      listening.dispose();
      leaving?.dispose();
    },
  };
}
