import type { Clock, Disposable } from '#core/foundation/index.ts';
import { t1, t2, transactionLife } from '#core/sip/retransmission/timers.ts';

/**
 * Repeats a 2xx to an INVITE until its ACK comes (RFC 3261 13.3.1.4), on every transport: no transaction does it.
 * @param onSilence when no ACK came within 64 T1
 */
export function repeatUntilAcknowledged(clock: Clock, repeat: () => void, onSilence: () => void): Disposable {
  let interval = t1;
  let timer: Disposable;
  const again = () => {
    repeat();
    interval = Math.min(interval * 2, t2);
    timer = clock.after(interval, again);
  };
  timer = clock.after(interval, again);
  const end = clock.after(transactionLife, () => {
    timer.dispose();
    onSilence();
  });
  return {
    dispose: () => {
      timer.dispose();
      end.dispose();
    },
  };
}
