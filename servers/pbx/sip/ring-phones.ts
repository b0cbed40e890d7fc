import type { Clock } from '#core/foundation/index.ts';
import type { OutgoingLeg } from './outgoing-leg.ts';

export type RingOutcome =
  | { kind: 'answered'; leg: OutgoingLeg }
  | { kind: 'failed'; status: number; reason: string }
  | { kind: 'no-answer' }
  | { kind: 'cancelled' };

export interface Ringing {
  readonly outcome: Promise<RingOutcome>;
  /** The caller went away: every phone is told to stop. */
  cancel(): void;
}

/** RFC 3326: the other phones of the same call show no missed call then. */
export const completedElsewhere = 'SIP;cause=200;text="Call completed elsewhere"';

/**
 * Rings phones at once until the first answers. The others are told that the call was completed elsewhere, and one
 * that answers in the same moment is taken back. A 6xx of one phone ends the ringing of its extension's other phones.
 * @param seconds after which nobody has answered
 * @param onProgress `sdp` is early audio
 */
export function ringPhones(
  legs: readonly OutgoingLeg[],
  seconds: number,
  clock: Clock,
  onProgress: (leg: OutgoingLeg, status: number, sdp: string | null) => void,
): Ringing {
  const failures: { status: number; reason: string }[] = [];
  const ringing = new Set(legs);
  let settled = false;
  let resolve: (outcome: RingOutcome) => void;
  const outcome = new Promise<RingOutcome>((done) => (resolve = done));
  const settle = (result: RingOutcome, reason: string | null) => {
    if (settled) return;
    settled = true;
    timer.dispose();
    for (const leg of ringing) if (result.kind !== 'answered' || leg !== result.leg) leg.cancel(reason);
    resolve(result);
  };
  const timer = clock.after(seconds * 1000, () => settle({ kind: 'no-answer' }, null));
  const failed = (leg: OutgoingLeg, failure: { status: number; reason: string }) => {
    ringing.delete(leg);
    if (settled) return;
    failures.push(failure);
    if (failure.status >= 600)
      for (const other of [...ringing]) if (other.target.extension === leg.target.extension) other.cancel(null);
    if (ringing.size === 0) settle({ kind: 'failed', ...best(failures) }, null);
  };
  for (const leg of legs) {
    leg.onProgress(({ status, sdp }) => !settled && onProgress(leg, status, sdp));
    leg.onFailed((failure) => failed(leg, failure));
    leg.onAnswered(() => settle({ kind: 'answered', leg }, completedElsewhere));
    void leg.start();
  }
  return { outcome, cancel: () => settle({ kind: 'cancelled' }, null) };
}

/** Which of several refusals the caller hears (RFC 3261 16.7): a 6xx, else busy, else the lowest; never a challenge. */
function best(failures: readonly { status: number; reason: string }[]): { status: number; reason: string } {
  const rank = ({ status }: { status: number }) =>
    status >= 600 ? 0 : status === 486 ? 1 : status === 487 ? 900 : status === 401 || status === 407 || status < 400 ? 800 : status;
  const [chosen] = [...failures].sort((a, b) => rank(a) - rank(b));
  if (!chosen || rank(chosen) >= 800) return { status: 480, reason: 'Temporarily Unavailable' };
  return chosen.status === 408 ? { status: 480, reason: 'No Answer From The Phone' } : chosen;
}
