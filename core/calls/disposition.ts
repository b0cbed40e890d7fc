import type { CallDirection, Disposition } from '#contract/ipc/index.ts';
import type { SessionEnd } from '#core/sip/index.ts';

/** How a call's record names its end. Statuses: RFC 3261 section 21. */
export function dispositionOf(direction: CallDirection, answered: boolean, end: SessionEnd): Disposition {
  if (answered) return 'answered';
  if (direction === 'incoming') {
    if (end.completedElsewhere) return 'answered-elsewhere';
    // We may also have to refuse what nobody declined: an offer with no codec that we speak.
    if (end.by === 'us') return end.error ? 'failed' : 'declined';
    return 'missed';
  }
  if (end.by === 'us') return 'cancelled';
  switch (end.status) {
    case 486:
    case 600:
      return 'busy';
    case 603:
    case 607:
    case 608:
      return 'declined';
    case 408:
    case 480:
    case 487:
      return 'no-answer';
    default:
      return 'failed';
  }
}
